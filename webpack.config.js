import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import webpack from 'webpack';
import { CopiedFiles } from './tools/webpack/copied-files.mjs';
import { ThirdPartyLicenses } from './tools/webpack/third-party-licenses.mjs';

const root = path.dirname(fileURLToPath(import.meta.url));
const runtime = path.join(root, 'node_modules/onnxruntime-web');

/** WebAssembly of onnxruntime-web and its loader: the plain build and the one with WebGPU. */
const runtimeFiles = {
  wasm: 'ort-wasm-simd-threaded',
  webgpu: 'ort-wasm-simd-threaded.asyncify',
};

const wasmBytes = Object.fromEntries(
  Object.entries(runtimeFiles).map(([kind, file]) => [
    kind,
    statSync(path.join(runtime, 'dist', `${file}.wasm`)).size,
  ]),
);

/** The loader as `.js`: many web servers, nginx as it is packaged among them, do not know `.mjs` for JavaScript, and browsers then refuse it. */
const copiedRuntime = Object.fromEntries(
  Object.values(runtimeFiles).flatMap(file => [
    [`ort/${file}.js`, path.join(runtime, 'dist', `${file}.mjs`)],
    [`ort/${file}.wasm`, path.join(runtime, 'dist', `${file}.wasm`)],
  ]),
);

/** The default bundle, so that the output is all that a deployment has to serve. */
const bundle = path.join(root, 'models/default');
const copiedBundle = Object.fromEntries(
  readdirSync(bundle)
    .filter(file => /^manifest\.json$|\.onnx$|\.md$/.test(file))
    .map(file => [`bundle/${file}`, path.join(bundle, file)]),
);

/** What dcmjs has in its published build, where webpack sees it alone. */
const insideDcmjs = [
  '@babel/runtime-corejs3',
  'gl-matrix',
  'iota-array',
  'is-buffer',
  'lodash.clonedeep',
  'loglevel',
  'ndarray',
  'pako',
].map(name => path.join(root, 'node_modules', name));

/** Who hands the output on hands these on with it. */
const copiedLicence = Object.fromEntries(['LICENSE', 'NOTICE'].map(file => [file, path.join(root, file)]));

/** What the last build copied and this one does not is taken away: the output is handed on as it lies. */
const copied = { ...copiedLicence, ...copiedRuntime, ...copiedBundle };

/**
 * Builds the plugin as ES modules that an unmodified viewer loads by URL: `extension.js`, `mode.js`, `worker.js`, the files of
 * onnxruntime-web beside them. Nothing is fetched from another origin and nothing of the host is bundled.
 */
export default {
  mode: 'production',
  context: root,
  devtool: 'source-map',
  target: ['web', 'es2022'],
  cache: {
    type: 'filesystem',
    cacheDirectory: path.join(root, '.cache/webpack'),
    buildDependencies: { config: [fileURLToPath(import.meta.url)] },
  },
  entry: {
    extension: './extension/src/index.tsx',
    mode: './mode/src/index.ts',
    worker: './extension/src/inference/worker.ts',
  },
  experiments: { outputModule: true },
  output: {
    path: path.join(root, 'dist'),
    filename: '[name].js',
    chunkFilename: '[name].[contenthash:8].js',
    assetModuleFilename: '[name][ext]',
    publicPath: 'auto',
    module: true,
    chunkFormat: 'module',
    library: { type: 'module' },
    clean: { keep: file => file in copied },
  },
  resolve: {
    extensions: ['.tsx', '.ts', '.js'],
    // The runtime's loader and WebAssembly stay files of their own: threads start from the loader's address.
    conditionNames: ['onnxruntime-web-use-extern-wasm', '...'],
  },
  module: {
    parser: {
      // `new URL('./worker.js', import.meta.url)` means the file beside the built script: it is left as it is written.
      javascript: { url: false, importMeta: false, worker: false },
    },
    rules: [
      {
        test: /\.tsx?$/,
        loader: 'swc-loader',
        options: {
          jsc: {
            parser: { syntax: 'typescript', tsx: true },
            target: 'es2022',
            transform: { react: { runtime: 'automatic' } },
          },
        },
      },
      { test: /\.css$/, use: ['style-loader', 'css-loader'] },
    ],
  },
  plugins: [
    new webpack.DefinePlugin({ SPA_WASM_BYTES: JSON.stringify(wasmBytes) }),
    new CopiedFiles(copied),
    new ThirdPartyLicenses({ file: 'THIRD-PARTY-LICENSES.txt', packages: [runtime, ...insideDcmjs] }),
  ],
  performance: { hints: false },
};
