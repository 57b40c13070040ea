import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { isLoopbackAddress, isLoopbackHostHeader } from './loopback.js';
import { ProblemError } from './problems.js';
import { keptKey, refuseForeignPage } from './session-cookie.js';
import { mayDo, type Caller, type NeededRole, type Role } from './roles.js';

/** A key as found by its secret. */
export interface KeyFound {
  readonly id: string;
  readonly role: Role;
  readonly desk: string | null;
  readonly person: string | null;
}

/** What access needs to know of keys. */
export interface Keys {
  find(secret: string): KeyFound | null;
  /** Whether a key was ever made: from then on nobody is let in without one. */
  anyKeyExists(): boolean;
}

const inProcessTokenBytes = 32;
/** The desk of what is filed without a key. */
const localDesk = 'local';

const machine: Caller = { role: 'all', desk: localDesk, person: null };
const nobody: Caller = { role: 'anyone', desk: '', person: null };

/** Decides who asks, and whether they may. Runs before a body is read. */
export class Access {
  /**
   * Stands for the process itself: whoever holds the app (the command line, offline) may do everything. Made anew with
   * each start and never written down.
   */
  readonly inProcessToken = `tbk_${randomBytes(inProcessTokenBytes).toString('base64url')}`;
  private readonly inProcessBytes = Buffer.from(this.inProcessToken);

  constructor(
    private readonly keys: Keys,
    private readonly publicRead: boolean,
  ) {}

  /** True while no key was ever made: then this machine, and only it, may do everything. */
  isOpen(): boolean {
    return !this.keys.anyKeyExists();
  }

  /** @throws ProblemError 401, 403 */
  admit(request: FastifyRequest, needed: NeededRole): Caller {
    const { authorization } = request.headers;
    const open = this.isOpen();
    const caller = authorization === undefined ? this.callerOfBrowser(request, open) : this.callerOf(authorization);
    if (open) refuseOthersThanThisMachine(request);
    if (mayDo(caller, needed)) return caller;
    if (caller.role === 'anyone') {
      if (needed === 'reader' && this.publicRead) return caller;
      throw unauthenticated('This call needs a key: Authorization: Bearer tbk_….', 'Bearer realm="tollbook"');
    }
    const detail = `This call needs the role ${needed}; the key has the role ${caller.role}.`;
    const headers = { 'www-authenticate': 'Bearer realm="tollbook", error="insufficient_scope"' };
    throw new ProblemError('forbidden', detail, { headers });
  }

  /** Whether a feed that was let in would be let in now. */
  mayStillRead(request: FastifyRequest): boolean {
    try {
      this.admit(request, 'reader');
      return true;
    } catch (error) {
      if (error instanceof ProblemError) return false;
      throw error;
    }
  }

  /** Who signed in on a page; a key that is no more is nobody's, so that the page can sign in again. */
  private callerOfBrowser(request: FastifyRequest, open: boolean): Caller {
    if (open) return machine;
    const secret = keptKey(request);
    const key = secret === null ? null : this.keys.find(secret);
    if (key === null) return nobody;
    refuseForeignPage(request);
    return callerWith(key);
  }

  /** @throws ProblemError 401 */
  callerWithKey(secret: string): Caller {
    return this.callerOf(`Bearer ${secret}`);
  }

  private callerOf(authorization: string): Caller {
    const token = /^Bearer +(?<token>[A-Za-z0-9_-]{1,200})$/iu.exec(authorization)?.groups?.['token'];
    const invalid = 'Bearer realm="tollbook", error="invalid_token"';
    if (token === undefined) throw unauthenticated('The Authorization header has no key of the form tbk_….', invalid);
    const bytes = Buffer.from(token);
    if (bytes.length === this.inProcessBytes.length && timingSafeEqual(bytes, this.inProcessBytes)) return machine;
    const key = this.keys.find(token);
    if (key === null) throw unauthenticated('The key is unknown, revoked or expired.', invalid);
    return callerWith(key);
  }
}

/** What files without a desk of its own is still told apart from everybody else. */
const callerWith = (key: KeyFound): Caller => ({ role: key.role, desk: key.desk ?? key.id, person: key.person });

const unauthenticated = (detail: string, challenge: string): ProblemError =>
  new ProblemError('unauthenticated', detail, { headers: { 'www-authenticate': challenge } });

const forwardingHeaders = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'];

/**
 * While no key exists, a page in a browser on this machine must not get at the service: not under a name of its own
 * that it had rebound to 127.0.0.1 (told by Host), and not by a form or fetch from another site (told by Origin).
 */
const refuseOthersThanThisMachine = (request: FastifyRequest): void => {
  const { host, origin } = request.headers;
  // Behind a proxy on this machine everybody comes from here, and it may have put our own name into Host.
  const forwarded = forwardingHeaders.some((name) => request.headers[name] !== undefined);
  if (forwarded || !isLoopbackAddress(request.raw.socket.remoteAddress) || !isLoopbackHostHeader(host))
    throw new ProblemError(
      'loopback-only',
      'No key has been made yet, so only this machine is served, as localhost, 127.0.0.1 or [::1].',
    );
  const changes = request.method !== 'GET' && request.method !== 'HEAD' && request.method !== 'OPTIONS';
  const foreign = origin !== undefined && origin !== `http://${host}`;
  if (changes && (foreign || request.headers['sec-fetch-site'] === 'cross-site'))
    throw new ProblemError('cross-site', 'No key has been made yet, so a page of another site may change nothing.');
};
