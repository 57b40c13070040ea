import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

export interface Certificate {
  readonly cert: Buffer;
  readonly key: Buffer;
}

/** Certificates of a test's own authority, made by `openssl` for this one run and thrown away after it. */
export class Certificates {
  private constructor(private readonly directory: string) {}

  static async make(): Promise<Certificates> {
    const made = new Certificates(await mkdtemp(join(tmpdir(), 'tollbook-certificates-')));
    await made.#authority('ca');
    await made.#authority('another-ca');
    return made;
  }

  /** The authority that all certificates here are of. */
  get caFile(): string {
    return join(this.directory, 'ca.crt');
  }

  get otherCaFile(): string {
    return join(this.directory, 'another-ca.crt');
  }

  /** A private key, where a certificate should be. */
  get keyFile(): string {
    return join(this.directory, 'ca.key');
  }

  /** As a node of KurrentDB has it. */
  async of(subjectAltName: string, days = 1): Promise<Certificate> {
    const name = `node-${subjectAltName.replaceAll(/\W/gu, '-')}-${days}`;
    const path = (extension: string): string => join(this.directory, `${name}.${extension}`);
    await openssl(
      'req',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      path('key'),
      '-out',
      path('csr'),
      '-subj',
      '/CN=eventstoredb-node',
    );
    await writeFile(path('ext'), `extendedKeyUsage=serverAuth,clientAuth\nsubjectAltName=${subjectAltName}\n`);
    const ca = ['-CA', this.caFile, '-CAkey', this.keyFile, '-CAcreateserial'];
    await openssl(
      'x509',
      '-req',
      '-in',
      path('csr'),
      ...ca,
      '-out',
      path('crt'),
      '-extfile',
      path('ext'),
      '-days',
      String(days),
    );
    return { cert: await readFile(path('crt')), key: await readFile(path('key')) };
  }

  async expired(subjectAltName: string): Promise<Certificate> {
    const certificate = await this.of(subjectAltName, 0);
    // Its time ends with the second in which it was made.
    await delay(1_100);
    return certificate;
  }

  remove(): Promise<void> {
    return rm(this.directory, { recursive: true, force: true });
  }

  #authority(name: string): Promise<void> {
    const [key, cert] = ['key', 'crt'].map((extension) => join(this.directory, `${name}.${extension}`)) as [
      string,
      string,
    ];
    return openssl(
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      key,
      '-out',
      cert,
      '-days',
      '1',
      '-subj',
      `/CN=${name}`,
    );
  }
}

const openssl = async (...args: string[]): Promise<void> => void (await promisify(execFile)('openssl', args));
