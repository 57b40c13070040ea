const swc = ({ module }) => [
  '@swc/jest',
  {
    jsc: {
      target: 'es2023',
      parser: { syntax: 'typescript', decorators: true },
      // Nest reads the types of constructor parameters from this metadata.
      transform: { legacyDecorator: true, decoratorMetadata: true },
      keepClassNames: true,
    },
    module: { type: module },
  },
];

/** @type {import('jest').Config} */
export default {
  testMatch: ['<rootDir>/test/**/*.spec.ts'],
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '\\.ts$': swc({ module: 'es6' }),
    // light-my-request, behind Fastify's inject(), requires this ESM-only package, which Jest's own require cannot.
    '/node_modules/cookie/.*\\.js$': swc({ module: 'commonjs' }),
  },
  transformIgnorePatterns: ['/node_modules/(?!cookie/)'],
  reporters: ['default', '<rootDir>/scripts/jest-counts-reporter.mjs'],
  maxWorkers: 2,
  // Generous, for machines that are shared and slow; a test that hangs still ends.
  testTimeout: 30_000,
};
