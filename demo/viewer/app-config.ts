interface AppConfigOptions {
  /** Address of the plugin's mode; null: the viewer opens with its own modes alone. */
  readonly mode: string | null;
  /** Where the model bundles are fetched from, and what the panel calls them; the first is loaded. None: the one beside the plugin. */
  readonly bundles: readonly { readonly url: string; readonly label: string }[];
  /** Whether all who use the browser are one reader, who is remembered from study to study. */
  readonly oneReader: boolean;
}

/**
 * The viewer's configuration, `app-config.js`: what a deployment writes by hand to load the plugin into the viewer that it has.
 * `modes` adds to the viewer's own modes; an entry that is a URL is imported as an ES module, and brings its extension along.
 */
export function appConfig({ mode, bundles, oneReader }: AppConfigOptions): string {
  return `window.config = {
  name: 'SPA for OHIF: demonstration',
  routerBasename: null,
  extensions: [],
  modes: ${JSON.stringify(mode === null ? [] : [mode])},
  // Read by the SPA extension: its model bundles, and for whom what was learnt is kept from study to study.
  spa: { bundles: ${JSON.stringify(bundles)}, remember: '${oneReader ? 'browser' : 'user'}' },
  customizationService: {},
  investigationalUseDialog: { option: 'never' },
  showStudyList: true,
  maxNumberOfWebWorkers: 3,
  showWarningMessageForCrossOrigin: true,
  showCPUFallbackMessage: true,
  showLoadingIndicator: true,
  strictZSpacingForVolumeViewport: true,
  groupEnabledModesFirst: true,
  showErrorDetails: 'always',
  maxNumRequests: { interaction: 100, thumbnail: 5, prefetch: 10 },
  defaultDataSourceName: 'dicomweb',
  dataSources: [
    {
      namespace: '@ohif/extension-default.dataSourcesModule.dicomweb',
      sourceName: 'dicomweb',
      configuration: {
        friendlyName: 'DICOM files on this computer',
        name: 'dicomweb',
        qidoRoot: window.location.origin + '/dicomweb',
        wadoRoot: window.location.origin + '/dicomweb',
        qidoSupportsIncludeField: false,
        supportsReject: false,
        supportsFuzzyMatching: false,
        supportsWildcard: true,
        imageRendering: 'wadors',
        thumbnailRendering: 'wadors',
        enableStudyLazyLoad: true,
        dicomUploadEnabled: true,
        singlepart: 'bulkdata,pdf',
        bulkDataURI: { enabled: true },
        omitQuotationForMultipartRequest: true,
      },
    },
  ],
};
`;
}
