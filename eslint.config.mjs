import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const noDefaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'A thing has one name everywhere: export it by name.',
};

const noBarrel = {
  selector: 'ExportAllDeclaration',
  message: 'Only src/index.ts gathers exports, and it names them.',
};

export default defineConfig(
  globalIgnores(['dist/', 'coverage/', 'quickstart/', 'test/**/fixtures/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'max-lines': ['error', { max: 350 }],
      'no-restricted-syntax': ['error', noDefaultExport, noBarrel],
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'separate-type-imports', disallowTypeAnnotations: false },
      ],
      // It asks for the `!` that strictTypeChecked forbids.
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      // `unknown | Absent` tells a reader what may come, though a compiler sees only `unknown`.
      '@typescript-eslint/no-redundant-type-constituents': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // An empty text often counts as none: a variable of the environment, a name.
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true } }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: true },
      ],
    },
  },
  {
    // What a command prints goes through its Io, what is logged through src/logging.
    files: ['src/**/*.ts'],
    rules: { 'no-console': 'error' },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      'max-lines': 'off',
      // jest's matchers take methods as values: expect(store.commit).toHaveBeenCalled().
      '@typescript-eslint/unbound-method': 'off',
      // A mock or a callback that does nothing is often the point of a test.
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/no-dynamic-delete': 'off',
    },
  },
  {
    // jest asks for a default export here.
    files: ['jest.config.ts', 'test/support/global-*.ts'],
    rules: { 'no-restricted-syntax': ['error', noBarrel] },
  },
);
