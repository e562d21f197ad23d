/** @jest-config-loader-options {"transpileOnly": true, "compilerOptions": {"module": "commonjs", "moduleResolution": "node10"}} */
import type { Config } from 'jest';

const MODULES = {
  target: 'es2023',
  module: 'commonjs',
  moduleResolution: 'node10',
  esModuleInterop: true,
  resolveJsonModule: true,
  isolatedModules: true,
};

/** The MongoDB driver says `import('os')`, which jest refuses to a CommonJS file; it then connects to nothing. */
const DRIVER_WITH_IMPORT = '/node_modules/mongodb/lib/runtime_adapters[.]js$';

/** Types are checked by `npm run typecheck`; here they are only removed. Lazy `import()` becomes `require`. */
const transform: Config['transform'] = {
  '^.+[.]ts$': ['ts-jest', { diagnostics: false, tsconfig: MODULES }],
  [DRIVER_WITH_IMPORT]: ['ts-jest', { diagnostics: false, tsconfig: { ...MODULES, allowJs: true } }],
};

type Suite = Exclude<NonNullable<Config['projects']>[number], string>;

function suite(name: string, outside: Partial<Suite> = {}): Suite {
  return {
    displayName: name,
    rootDir: __dirname,
    testEnvironment: 'node',
    testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
    // TypeScript wants a lazy `import('./x.js')` to name the file that it becomes.
    moduleNameMapper: { '^([.]{1,2}/.*)[.]js$': '$1' },
    modulePathIgnorePatterns: ['<rootDir>/dist/'],
    transform,
    transformIgnorePatterns: ['/node_modules/(?!mongodb/lib/runtime_adapters[.]js$)'],
    ...outside,
  };
}

const mongod: Partial<Suite> = {
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
};

const mongodAndPeer: Partial<Suite> = {
  ...mongod,
  globalSetup: '<rootDir>/test/support/global-setup-interop.ts',
};

const config: Config = {
  maxWorkers: 2,
  testTimeout: 60_000,
  projects: [
    suite('unit'),
    suite('conformance', mongod),
    suite('integration', mongod),
    suite('cli', mongod),
    suite('interop', mongodAndPeer),
  ],
};

export default config;
