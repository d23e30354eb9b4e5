/** The part of dcmjs that is used here; the package ships no types. */
declare module 'dcmjs' {
  export interface DictionaryEntry {
    readonly tag: string;
    readonly vr: string;
    readonly name: string;
  }
  export interface DicomDict {
    dict: Record<string, unknown>;
    write(options?: Record<string, unknown>): ArrayBuffer;
  }
  const dcmjs: {
    readonly data: {
      readonly DicomMetaDictionary: {
        /** By '(GGGG,EEEE)'. */
        readonly dictionary: Readonly<Record<string, DictionaryEntry | undefined>>;
        denaturalizeDataset(dataset: object): Record<string, unknown>;
        naturalizeDataset(dataset: object): Record<string, unknown>;
        uid(): string;
      };
      readonly DicomDict: new (meta: object) => DicomDict;
      readonly DicomMessage: {
        readFile(
          buffer: ArrayBuffer,
          options?: Record<string, unknown>,
        ): {
          meta: Record<string, unknown>;
          dict: Record<string, unknown>;
        };
      };
      datasetToBuffer(dataset: object): Buffer;
    };
  };
  export default dcmjs;
}
