import { BlockList, isIP } from 'node:net';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');
// An IPv4 address as a socket for both families shows it.
loopback.addSubnet('::ffff:127.0.0.0', 104, 'ipv6');

/** Whether an IP address is this machine's own. */
export const isLoopbackAddress = (address: string | undefined): boolean => {
  if (address === undefined) return false;
  // As a socket gives them nearly always; the list is slow.
  if (address === '127.0.0.1' || address === '::1' || address === '::ffff:127.0.0.1') return true;
  const family = isIP(address);
  return family !== 0 && loopback.check(address, family === 4 ? 'ipv4' : 'ipv6');
};

/** Whether binding to a host (a name or an address) stays on this machine. */
export const isLoopbackHost = (host: string): boolean => host.toLowerCase() === 'localhost' || isLoopbackAddress(host);

/**
 * Whether a Host header names this machine, any port. A page whose own name was rebound to 127.0.0.1 sends that name,
 * and is told apart by it.
 */
export const isLoopbackHostHeader = (header: string | undefined): boolean =>
  header !== undefined && /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/iu.test(header);
