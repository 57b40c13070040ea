/**
 * CPU time of this thread, in µs: what a clock on the wall would show if nothing else ran on the machine. What runs
 * beside it does not count, so that a busy machine gives nearly the ratios of an idle one.
 */
export const cpuMicroseconds = (): number => {
  const { user, system } = process.threadCpuUsage();
  return user + system;
};
