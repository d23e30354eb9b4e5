import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(fileURLToPath(import.meta.url));

/**
 * Builds the plugin as ES modules that an unmodified viewer loads by URL: `extension.js`, `mode.js`, `worker.js` and the files of
 * onnxruntime-web beside them. Nothing is fetched from another origin and nothing of the host is bundled.
 */
export default {
  mode: 'production',
  context: root,
  devtool: 'source-map',
  target: ['web', 'es2022'],
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
    clean: true,
  },
  resolve: { extensions: ['.tsx', '.ts', '.js'] },
  module: {
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
  performance: { hints: false },
};
