import { isIP } from 'node:net';
import { connect } from 'node:tls';
import { LogRefusedError } from '../event-log.js';
import type { Address } from './address.js';
import { certificateFault } from './fault.js';

/** A server that has not shaken hands within so many ms is taken for one that is away. */
const handshakeMsMax = 2_000;

/** What failed, where it is neither of these. */
type Reached = 'fine' | 'away' | 'speaksTls' | Error;

/**
 * What keeps us from a server that seems away and is not: the client says of a wrong certificate, or of TLS where none
 * is expected, no more than that no connection could be made, for ever.
 * @returns `null` where at least one host can be talked to, or all are away
 */
export const refusalOf = async (address: Address): Promise<LogRefusedError | null> => {
  const reached = await Promise.all(address.hosts.map(({ host, port }) => shakeHands(address, host, port)));
  if (reached.includes('fine')) return null;
  for (const [place, each] of reached.entries()) {
    const { host, port } = address.hosts[place] ?? { host: address.server, port: 0 };
    if (each === 'speaksTls')
      return new LogRefusedError(
        `KurrentDB at ${host}:${port} speaks TLS, and TOLLBOOK_LOG says tls=false: say tls=true, and name its CA with tlsCAFile`,
      );
    if (typeof each !== 'string') {
      const fault = certificateFault(each.message, `${host}:${port}`);
      if (fault !== null) return new LogRefusedError(fault, { cause: each });
    }
  }
  return null;
};

const shakeHands = ({ isTls, ca }: Address, host: string, port: number): Promise<Reached> =>
  new Promise((resolve) => {
    const socket = connect({
      host,
      port,
      ...(ca === null ? {} : { ca }),
      ...(isIP(host) === 0 ? { servername: host } : {}),
      ALPNProtocols: ['h2'],
      // Without TLS in the settings this only asks whether the server speaks it; nothing is sent.
      rejectUnauthorized: isTls,
      timeout: handshakeMsMax,
    });
    const end = (reached: Reached): void => {
      resolve(reached);
      socket.destroy();
    };
    socket.once('secureConnect', () => end(isTls ? 'fine' : 'speaksTls'));
    socket.once('timeout', () => end('away'));
    socket.on('error', (error) => end(isTls ? error : 'away'));
  });
