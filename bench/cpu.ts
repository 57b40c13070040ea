/**
 * CPU time that this process has used, in µs, the collector's threads included. What runs beside it on the machine does
 * not count, so that a busy one gives nearly the ratios of an idle one.
 */
export const cpuMicroseconds = (): number => {
  const { user, system } = process.cpuUsage();
  return user + system;
};
