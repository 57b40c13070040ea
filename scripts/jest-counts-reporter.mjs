// Writes Jest's own counts, as one line, to the file that TEST_COUNTS_FILE names: .ci/run prints it last.
import { writeFileSync } from 'node:fs';

/** @typedef {'numPassedTests' | 'numFailedTests' | 'numPendingTests' | 'numTodoTests'} TestCount */

export default class CountsReporter {
  /** @param {Set<unknown>} _contexts @param {Record<TestCount | 'numRuntimeErrorTestSuites', number>} results */
  onRunComplete(_contexts, results) {
    const file = process.env.TEST_COUNTS_FILE;
    if (!file) return;
    // A file that could not even be loaded has no tests to count, and must not read as nothing failed.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    writeFileSync(file, `${results.numPassedTests} passed, ${failed} failed, ${skipped} skipped\n`);
  }
}
