import { defineConfig } from 'vitest/config';

/** Where .ci/run wants the counts; people read the default reporter. */
const report = process.env.RONDA_TEST_REPORT || undefined;

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Tests open databases of their own as well (see src/sqlite/keep-alive.ts).
    setupFiles: ['test/support/keep-alive.ts'],
    // Against what hangs alone: a machine that is busy with other things takes five times as long as a quiet one.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    pool: 'forks',
    maxWorkers: 2,
    reporters: report === undefined ? ['default'] : ['default', 'json'],
    ...(report === undefined ? {} : { outputFile: { json: report } }),
  },
});
