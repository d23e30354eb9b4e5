import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/** What `core/` may not import: hosts, frameworks, runtimes, and every other layer. */
const pureCore = [
  '@ohif/*',
  '@cornerstonejs/*',
  'react',
  'react-dom',
  'react-dom/*',
  'onnxruntime-*',
  '**/inference/**',
  '**/ohif/**',
  '**/panel/**',
];

/** The folders of `core/` in the order in which data flows through them: each knows those before it alone. */
const coreInOrder = [
  'image',
  'prompts',
  'network',
  'preference',
  'sampling',
  'view',
  'recommended',
  'candidates',
  'proposal',
  'session',
];

const forbid = patterns => ({
  'no-restricted-imports': [
    'error',
    { patterns: [{ group: patterns, message: 'This layer must not know it: see the layers in README.md.' }] },
  ],
});

export default tseslint.config(
  { ignores: ['dist/', '.cache/', 'node_modules/', 'test/e2e/artifacts/', 'models/'] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
    plugins: { 'react-hooks': reactHooks },
    rules: {
      ...reactHooks.configs.recommended.rules,
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      'no-empty': ['error', { allowEmptyCatch: false }],
      eqeqeq: 'error',
    },
  },
  {
    files: ['extension/src/core/**'],
    languageOptions: { globals: {} },
    rules: {
      ...forbid(pureCore),
      'no-restricted-globals': [
        'error',
        'window',
        'document',
        'navigator',
        'fetch',
        'self',
        'process',
        'performance',
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Chance has a seed: use core/random.ts.' },
        { object: 'Date', property: 'now', message: 'core/ is replayable: it knows no clock.' },
      ],
    },
  },
  ...coreInOrder.map((folder, i) => ({
    files: [`extension/src/core/${folder}/**`],
    rules: forbid([...pureCore, ...coreInOrder.slice(i + 1).map(later => `../${later}/**`)]),
  })),
  {
    files: ['extension/src/inference/**'],
    ignores: ['extension/src/inference/ort.ts'],
    rules: forbid([
      '@ohif/*',
      '@cornerstonejs/*',
      'react',
      'react-dom',
      'react-dom/*',
      '**/ohif/**',
      '**/panel/**',
      'onnxruntime-*',
    ]),
  },
  {
    files: ['extension/src/inference/ort.ts'],
    rules: forbid(['@ohif/*', '@cornerstonejs/*', 'react', 'react-dom', '**/ohif/**', '**/panel/**']),
  },
  {
    files: ['extension/src/panel/**'],
    rules: {
      ...forbid(['@ohif/*', '@cornerstonejs/*', 'onnxruntime-*', '**/ohif/**']),
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['**/inference/**'],
              allowTypeImports: true,
              message: 'The panel knows only its types: see the layers in README.md.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['extension/src/ohif/**'],
    rules: forbid(['onnxruntime-*']),
  },
);
