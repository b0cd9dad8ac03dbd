import { defineConfig } from 'eslint/config';
import boundaries from 'eslint-plugin-boundaries';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

/** The parts of the house and where they live. The first pattern that fits a file names its part. */
const parts = {
  test: ['backend/test/**', 'sandbox/test/**', 'scripts/**'],
  sandbox: ['sandbox/**'],
  sync: ['backend/src/sync/**'],
  words: ['backend/src/words/**'],
  store: ['backend/src/store/**'],
  salesforce: ['backend/src/salesforce/**'],
  connectors: ['backend/src/connectors/**'],
  engine: ['backend/src/engine/**'],
  schemas: ['backend/src/schemas/**'],
  routes: ['backend/src/routes/**'],
  lib: ['backend/src/lib/**'],
  app: ['backend/src/plugins/**', 'backend/src'],
  components: ['force-app/**'],
};

const service = ['engine', 'sync', 'salesforce', 'connectors', 'store', 'lib', 'words'];

/** Which part may import which: the arrows of docs/architecture.md, checked. */
const mayImport = {
  words: ['words'],
  sync: ['sync', 'words'],
  lib: ['lib', 'words'],
  schemas: ['schemas', 'sync', 'lib'],
  store: ['store', 'sync', 'lib', 'words'],
  salesforce: ['salesforce', 'sync', 'lib', 'words'],
  connectors: ['connectors', 'sync', 'lib', 'words'],
  engine: service,
  routes: ['routes', 'schemas', 'app', ...service],
  app: ['routes', 'schemas', 'app', ...service],
  sandbox: ['sandbox'],
  test: Object.keys(parts),
  // Types alone: what a component imports of the service is gone when it is deployed.
  components: ['components', 'test'],
};

export default defineConfig(
  { ignores: ['**/node_modules', '.data', 'coverage', 'force-app/**/*.js', '.tools'] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['eslint.config.js'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    plugins: { boundaries },
    settings: {
      'boundaries/elements': Object.entries(parts).map(([type, pattern]) => ({
        type,
        pattern,
        partialMatch: false,
      })),
      'import/resolver': { node: { extensions: ['.ts', '.js'] } },
    },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/require-await': 'off',
      'max-lines': ['error', { max: 500, skipBlankLines: true, skipComments: true }],
      'boundaries/dependencies': [
        'error',
        {
          default: 'disallow',
          policies: Object.entries(mayImport).map(([type, types]) => ({
            from: { element: { type } },
            allow: { to: { element: { types: { anyOf: types } } } },
          })),
        },
      ],
    },
  },
  {
    files: ['backend/src/sync/**', 'backend/src/words/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['node:*', 'pg', 'axios', 'jsforce', 'fastify*'],
              message: 'The core is pure: no I/O, clock or randomness.',
            },
          ],
        },
      ],
      'no-restricted-globals': ['error', 'Date', 'process', 'fetch', 'setTimeout', 'crypto'],
      'no-restricted-properties': ['error', { object: 'Math', property: 'random' }],
    },
  },
  { files: ['**/*.js', '**/*.mjs', '**/*.cjs'], extends: [tseslint.configs.disableTypeChecked] },
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  prettier,
);
