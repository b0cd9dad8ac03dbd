import boundaries from 'eslint-plugin-boundaries';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

/** Which folder may import which: the arrows of docs/architecture.md, checked. */
const layers = [
  { type: 'sync', pattern: 'backend/src/sync/**', mode: 'full' },
  { type: 'store', pattern: 'backend/src/store/**', mode: 'full' },
  { type: 'salesforce', pattern: 'backend/src/salesforce/**', mode: 'full' },
  { type: 'connectors', pattern: 'backend/src/connectors/**', mode: 'full' },
  { type: 'engine', pattern: 'backend/src/engine/**', mode: 'full' },
  { type: 'schemas', pattern: 'backend/src/schemas/**', mode: 'full' },
  { type: 'routes', pattern: 'backend/src/routes/**', mode: 'full' },
  { type: 'lib', pattern: 'backend/src/lib/**', mode: 'full' },
  { type: 'app', pattern: ['backend/src/plugins/**', 'backend/src/*.ts'], mode: 'full' },
  { type: 'sandbox', pattern: 'sandbox/**', mode: 'full' },
  { type: 'test', pattern: ['backend/test/**', 'sandbox/test/**', 'scripts/**'], mode: 'full' },
];

export default tseslint.config(
  { ignores: ['node_modules', '.data', 'coverage', 'force-app', '.tools'] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: { allowDefaultProject: ['eslint.config.js'] }, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { boundaries },
    settings: {
      'boundaries/elements': layers,
      'import/resolver': { node: { extensions: ['.ts', '.js'] } },
    },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/require-await': 'off',
      'max-lines': ['error', { max: 500, skipBlankLines: true, skipComments: true }],
      'boundaries/element-types': [
        'error',
        {
          default: 'disallow',
          rules: [
            { from: 'sync', allow: ['sync'] },
            { from: 'lib', allow: ['lib'] },
            { from: 'schemas', allow: ['schemas', 'sync', 'lib'] },
            { from: 'store', allow: ['store', 'sync', 'lib'] },
            { from: 'salesforce', allow: ['salesforce', 'sync', 'lib'] },
            { from: 'connectors', allow: ['connectors', 'sync', 'lib'] },
            { from: 'engine', allow: ['engine', 'sync', 'salesforce', 'connectors', 'store', 'lib'] },
            { from: 'routes', allow: ['routes', 'schemas', 'engine', 'sync', 'salesforce', 'connectors', 'store', 'lib', 'app'] },
            { from: 'app', allow: ['app', 'routes', 'schemas', 'engine', 'sync', 'salesforce', 'connectors', 'store', 'lib'] },
            { from: 'sandbox', allow: ['sandbox'] },
            { from: 'test', allow: ['test', 'app', 'routes', 'schemas', 'engine', 'sync', 'salesforce', 'connectors', 'store', 'lib', 'sandbox'] },
          ],
        },
      ],
    },
  },
  {
    files: ['backend/src/sync/**'],
    rules: {
      'no-restricted-imports': ['error', { patterns: [{ group: ['node:*', 'pg', 'axios', 'jsforce', 'fastify*'], message: 'The core is pure: no I/O, clock or randomness.' }] }],
      'no-restricted-globals': ['error', 'Date', 'process', 'fetch', 'setTimeout', 'crypto'],
      'no-restricted-properties': ['error', { object: 'Math', property: 'random' }],
    },
  },
  { files: ['**/*.js', '**/*.mjs'], extends: [tseslint.configs.disableTypeChecked] },
  prettier,
);
