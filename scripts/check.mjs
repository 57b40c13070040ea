// `npm test`: every check in turn, the cheap ones first. Each is run even where an earlier one failed, so that one run
// shows all there is to mend. What follows on the command line goes to Jest: `npm test -- test/domain`.
import { spawnSync } from 'node:child_process';

// dead-code follows build because bench/ imports what is built, and test:jest because some tests start it.
const checks = ['format:check', 'lint', 'imports', 'typecheck', 'build', 'dead-code', 'test:jest'];

/** @type {{ check: string, passed: boolean, seconds: string }[]} */
const results = [];
for (const check of checks) {
  const args = check === 'test:jest' ? ['--', ...process.argv.slice(2)] : [];
  console.log(`\n── ${check}`);
  const startedAt = performance.now();
  const { status } = spawnSync('npm', ['run', '--silent', check, ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  results.push({ check, passed: status === 0, seconds: ((performance.now() - startedAt) / 1000).toFixed(1) });
}

console.log('');
for (const { check, passed, seconds } of results)
  console.log(`${passed ? 'ok    ' : 'FAILED'} ${check} (${seconds} s)`);
process.exitCode = results.every(({ passed }) => passed) ? 0 : 1;
