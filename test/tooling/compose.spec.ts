import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { readSettings, type Settings } from '../../src/settings.js';

/*
 * Nothing here can run a container, so the files are held against what they name: the settings' schema, each other, and
 * the files of this repository.
 */

const root = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');

interface Service {
  readonly image?: string;
  readonly build?: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly networks?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly stop_grace_period?: string;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
  readonly networks?: Readonly<Record<string, { readonly internal?: boolean } | null>>;
}

/** `${NAME:?why}` must be given by who starts it. */
const given: Readonly<Record<string, string>> = {
  KURRENTDB_ADMIN_PASSWORD: 'aPassword1',
  TOLLBOOK_KURRENTDB_PASSWORD: 'anotherPassword1',
};

const interpolate = (text: string): string =>
  text.replaceAll(/(?<!\$)\$\{(?<name>\w+):\?(?<why>[^}]+)\}/gu, (_, name: string) => {
    const value = given[name];
    if (value === undefined) throw new Error(`${name} is asked for, and unknown here`);
    return value;
  });

const compose = (path: string): Compose => parse(interpolate(read(path)), { merge: true }) as Compose;

const files = ['docker-compose.yml', 'docker-compose.embedded.yml', 'docker-compose.cluster.yml'] as const;

const prefixed = (environment: Service['environment'], prefix: string): [string, string][] =>
  Object.entries(environment ?? {}).filter(([name]) => name.startsWith(prefix));

const instancesOf = ({ services }: Compose): [string, Service][] =>
  Object.entries(services).filter(([, { build, command }]) => build === '.' && command === undefined);

const nodesOf = ({ services }: Compose): [string, Service][] =>
  Object.entries(services).filter(([, { image }]) => image?.includes('/kurrentdb:') === true);

/** Where a service finds what is in a volume. */
const mountsOf = ({ volumes }: Service): { readonly source: string; readonly target: string }[] =>
  (volumes ?? []).map((volume) => {
    const [source = '', target = ''] = volume.split(':');
    return { source, target };
  });

/** As the image sets it, and the file over that. */
const settingsOf = ({ environment }: Service): Settings => readSettings({ ...dockerfile.environment, ...environment });

const seconds = (duration: string | undefined): number => Number(/^(\d+)s$/u.exec(duration ?? '')?.[1] ?? Number.NaN);

/** Options of KurrentDB 26.0, by their documentation, that we use. */
const kurrentDbOptions: ReadonlySet<string> = new Set([
  'KURRENTDB_CERTIFICATE_FILE',
  'KURRENTDB_CERTIFICATE_PRIVATE_KEY_FILE',
  'KURRENTDB_CLUSTER_SIZE',
  'KURRENTDB_DEFAULT_ADMIN_PASSWORD',
  'KURRENTDB_DEFAULT_OPS_PASSWORD',
  'KURRENTDB_DISCOVER_VIA_DNS',
  'KURRENTDB_GOSSIP_SEED',
  'KURRENTDB_INSECURE',
  'KURRENTDB_NODE_HOST_ADVERTISE_AS',
  'KURRENTDB_NODE_IP',
  'KURRENTDB_NODE_PORT',
  'KURRENTDB_REPLICATION_HOST_ADVERTISE_AS',
  'KURRENTDB_REPLICATION_IP',
  'KURRENTDB_REPLICATION_PORT',
  'KURRENTDB_RUN_PROJECTIONS',
  'KURRENTDB_TRUSTED_ROOT_CERTIFICATES_PATH',
]);

const dockerfile = (() => {
  const lines = read('Dockerfile')
    .replaceAll('\\\n', ' ')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => /^(?<word>[A-Z]+)\s+(?<rest>.*)$/u.exec(line)!.groups as { word: string; rest: string });
  const all = (word: string): string[] => lines.filter((line) => line.word === word).map(({ rest }) => rest);
  const environment = Object.fromEntries(
    all('ENV').flatMap((rest) =>
      rest
        .trim()
        .split(/\s+/u)
        .map((pair) => pair.split(/=(.*)/su).slice(0, 2)),
    ),
  ) as Record<string, string>;
  return { lines, all, environment };
})();

describe('the Dockerfile', () => {
  it('sets what the settings know', () => {
    const settings = readSettings(dockerfile.environment);
    expect(settings).toMatchObject({ log: { kind: 'embedded', directory: '/data' }, unknown: [] });
    expect(dockerfile.all('VOLUME')).toEqual(['/data']);
    expect(dockerfile.all('EXPOSE')).toEqual([String(settings.port)]);
  });

  it('builds and runs on the Node that the project names', () => {
    const { engines, devDependencies } = JSON.parse(read('package.json')) as {
      engines: { node: string };
      devDependencies: { node: string };
    };
    const images = dockerfile.all('FROM').map((rest) => rest.split(' ')[0]);
    expect(images).toEqual(['node:24-bookworm-slim', 'node:24-bookworm-slim']);
    expect(engines.node).toBe('>=24');
    expect(devDependencies.node).toMatch(/^\^24\./u);
  });

  it('runs as somebody who is not root, and asks itself whether it lives', () => {
    const words = dockerfile.lines.map(({ word }) => word);
    expect(dockerfile.all('USER')).toEqual(['node']);
    expect(words.indexOf('USER')).toBeLessThan(words.indexOf('CMD'));
    expect(dockerfile.all('HEALTHCHECK')).toEqual([expect.stringContaining('/health/live')]);
    const [command] = dockerfile.all('CMD').map((rest) => JSON.parse(rest) as string[]);
    expect(command?.at(-1)).toBe('dist/main.js');
  });

  it('copies what is there, and what is not kept from it', () => {
    const kept = read('.dockerignore').split('\n');
    const copied = dockerfile
      .all('COPY')
      .filter((rest) => !rest.startsWith('--from'))
      .flatMap((rest) => rest.split(' ').slice(0, -1));
    for (const path of copied) {
      expect({ path, exists: existsSync(new URL(path, root)) }).toEqual({ path, exists: true });
      expect(kept).not.toContain(path);
    }
  });
});

describe.each(files)('%s', (path) => {
  const file = compose(path);

  it('gives each instance settings that hold, none of them unknown', () => {
    expect(instancesOf(file).length).toBeGreaterThan(0);
    for (const [, service] of instancesOf(file)) {
      const settings = settingsOf(service);
      expect(settings.unknown).toEqual([]);
      expect(settings.host).toBe('0.0.0.0');
      // Else Compose hands it to YAML's idea of a type.
      for (const [, value] of prefixed(service.environment, 'TOLLBOOK_')) expect(typeof value).toBe('string');
    }
  });

  it('gives nodes options that the server has', () => {
    for (const [, { environment }] of nodesOf(file)) {
      for (const [name, value] of prefixed(environment, 'KURRENTDB_')) {
        expect(kurrentDbOptions).toContain(name);
        expect(typeof value).toBe('string');
      }
      expect(environment).toMatchObject({ KURRENTDB_RUN_PROJECTIONS: 'None' });
    }
  });

  it('names only what it has: volumes, networks, services, files', () => {
    const volumes = Object.keys(file.volumes);
    const networks = Object.keys(file.networks ?? {});
    const used = new Set<string>();
    for (const service of Object.values(file.services)) {
      for (const { source, target } of mountsOf(service)) {
        expect(target).toMatch(/^\//u);
        if (source.startsWith('./')) expect(existsSync(new URL(source, root))).toBe(true);
        else {
          expect(volumes).toContain(source);
          used.add(source);
        }
      }
      for (const network of service.networks ?? []) expect(networks).toContain(network);
      for (const [name, { condition }] of Object.entries(service.depends_on ?? {})) {
        const needed = file.services[name];
        expect(needed).toBeDefined();
        const checked = needed?.healthcheck !== undefined || needed?.build === '.';
        if (condition === 'service_healthy') expect({ name, checked }).toEqual({ name, checked: true });
      }
    }
    expect([...used].toSorted()).toEqual(volumes.toSorted());
  });

  it('keeps what must stay in a volume of its own, and publishes nothing beyond this machine', () => {
    const views = instancesOf(file).map(([, service]) => {
      const { log, viewsDirectory } = settingsOf(service);
      const directory = viewsDirectory ?? (log.kind === 'embedded' ? log.directory : null);
      return mountsOf(service).find(({ target }) => target === directory)?.source;
    });
    const data = nodesOf(file).map(
      ([, service]) => mountsOf(service).find(({ target }) => target === '/var/lib/kurrentdb')?.source,
    );
    expect(views).not.toContain(undefined);
    expect(data).not.toContain(undefined);
    expect(new Set([...views, ...data]).size).toBe(views.length + data.length);
    const ports = Object.values(file.services).flatMap((service) => service.ports ?? []);
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:4711:\d+$/u);
    expect(ports).toHaveLength(1);
  });

  it('runs the service with as few rights as it needs, and gives it time to end', () => {
    for (const [, service] of instancesOf(file)) {
      expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
      // Readiness first, then the requests under way, 10 s at most, then the log.
      const least = settingsOf(service).shutdownDelaySeconds + 20;
      expect(seconds(service.stop_grace_period)).toBeGreaterThanOrEqual(least);
    }
  });

  it('names every image with a version', () => {
    const images = Object.values(file.services).flatMap(({ image, build }) => (build === '.' ? [] : [image ?? '']));
    for (const image of images) expect(image).toMatch(/:\d/u);
  });
});

/** Hosts of the connection string, and its options. */
const logOf = (service: Service): { hosts: string[]; userinfo: string | undefined; options: URLSearchParams } => {
  const { log } = settingsOf(service);
  if (log.kind !== 'kurrentdb') throw new Error('on an embedded log');
  const parts = /^kurrentdb:\/\/(?:(?<userinfo>[^@/]+)@)?(?<hosts>[^?]+)\?(?<options>.*)$/u.exec(log.url)!.groups!;
  return {
    hosts: parts['hosts']!.split(','),
    userinfo: parts['userinfo'],
    options: new URLSearchParams(parts['options']),
  };
};

describe('docker-compose.yml', () => {
  const file = compose('docker-compose.yml');

  it('has the log on its one KurrentDB, which only the service can reach', () => {
    const [instance] = instancesOf(file).map(([, service]) => service);
    const [[name, node]] = nodesOf(file) as [[string, Service]];
    const { hosts, options } = logOf(instance!);
    expect(hosts).toEqual([`${name}:${node.environment?.['KURRENTDB_NODE_PORT']}`]);
    expect(options.get('tls')).toBe('false');
    expect(node.environment).toMatchObject({ KURRENTDB_INSECURE: 'true', KURRENTDB_CLUSTER_SIZE: '1' });
    expect(node.ports).toBeUndefined();
    expect(node.networks).toEqual(['log']);
    expect(file.networks?.['log']).toEqual({ internal: true });
  });
});

describe('docker-compose.cluster.yml', () => {
  const file = compose('docker-compose.cluster.yml');
  const nodes = nodesOf(file);
  const names = nodes.map(([name]) => name);

  it('has three nodes, each with a certificate, seeds that name the other two, and an address of its own', () => {
    expect(names).toHaveLength(3);
    for (const [name, node] of nodes) {
      const { environment = {} } = node;
      const port = environment['KURRENTDB_NODE_PORT'];
      expect(environment).toMatchObject({
        KURRENTDB_CLUSTER_SIZE: '3',
        KURRENTDB_NODE_HOST_ADVERTISE_AS: name,
        KURRENTDB_REPLICATION_HOST_ADVERTISE_AS: name,
        KURRENTDB_DEFAULT_ADMIN_PASSWORD: given['KURRENTDB_ADMIN_PASSWORD'],
      });
      expect(environment).not.toHaveProperty('KURRENTDB_INSECURE');
      const others = names.filter((other) => other !== name).map((other) => `${other}:${port}`);
      expect(environment['KURRENTDB_GOSSIP_SEED']?.split(',')).toEqual(others);
      const mounts = mountsOf(node);
      const key = mounts.find(({ target }) =>
        environment['KURRENTDB_CERTIFICATE_PRIVATE_KEY_FILE']?.startsWith(`${target}/node.`),
      );
      expect(key?.source).toBe(`${name}-certs`);
      const roots = environment['KURRENTDB_TRUSTED_ROOT_CERTIFICATES_PATH'];
      expect(mounts.find(({ target }) => target === roots)?.source).toBe('ca-public');
    }
  });

  it('makes a certificate for each node under the name by which it is called, and keeps the authority to itself', () => {
    const maker = file.services['certificates']!;
    const script = maker.command!.join('\n');
    expect(/for node in (?<made>[^;]+);/u.exec(script)!.groups!['made']!.split(' ')).toEqual(names);
    expect(script).toContain('-dns-names "$$node,localhost"');
    const withAuthority = Object.entries(file.services).filter(([, service]) =>
      mountsOf(service).some(({ source }) => source === 'ca-private'),
    );
    expect(withAuthority.map(([name]) => name)).toEqual(['certificates']);
  });

  it('has two instances that know all three nodes, and check who they talk to', () => {
    const instances = instancesOf(file);
    expect(instances).toHaveLength(2);
    for (const [, instance] of instances) {
      const { hosts, userinfo, options } = logOf(instance);
      expect(hosts).toEqual(names.map((name) => `${name}:2113`));
      expect(userinfo).toBe(`tollbook:${given['TOLLBOOK_KURRENTDB_PASSWORD']}`);
      expect(Object.fromEntries(options)).toEqual({ tls: 'true', tlsCAFile: '/certs/ca.crt' });
      expect(mountsOf(instance)).toContainEqual({ source: 'ca-public', target: '/certs' });
    }
  });

  it('makes the user that the instances have, before they start, by a file that is there', () => {
    const maker = file.services['user']!;
    const environment = maker.environment!;
    expect(environment).toMatchObject({
      TOLLBOOK_USER: 'tollbook',
      TOLLBOOK_PASSWORD: given['TOLLBOOK_KURRENTDB_PASSWORD'],
      KURRENTDB_HTTP: `https://${names[0]}:2113`,
    });
    const administrator = `admin:${given['KURRENTDB_ADMIN_PASSWORD']}@${names.map((name) => `${name}:2113`).join(',')}`;
    expect(environment['KURRENTDB']).toContain(administrator);
    expect(mountsOf(maker)).toContainEqual({ source: './deploy/make-user.mjs', target: '/app/deploy/make-user.mjs' });
    expect(maker.command).toEqual(['node', 'deploy/make-user.mjs']);
    expect(existsSync(new URL('deploy/make-user.mjs', root))).toBe(true);
    // It runs after the nodes are there, and the instances after it.
    expect(Object.keys(maker.depends_on ?? {})).toEqual(expect.arrayContaining(names));
    for (const [, instance] of instancesOf(file)) expect(instance.depends_on).toHaveProperty('user');
  });

  it('has a proxy that sends to both, checks their readiness, and holds no frame back', () => {
    const caddyfile = read('deploy/Caddyfile');
    const to = [...caddyfile.matchAll(/reverse_proxy (?<upstreams>[^{]+)\{/gu)].map(({ groups }) =>
      groups!['upstreams']!.trim().split(' '),
    );
    const upstreams = instancesOf(file).map(([name, service]) => `${name}:${settingsOf(service).port}`);
    expect(to).toEqual([upstreams, upstreams]);
    expect(caddyfile).toContain('flush_interval -1');
    expect(caddyfile).toContain('health_uri /health/ready');
    // It takes two rounds at most to see that an instance is about to end.
    const interval = seconds(/health_interval (?<interval>\S+)/u.exec(caddyfile)?.groups?.['interval']);
    for (const [, service] of instancesOf(file))
      expect(settingsOf(service).shutdownDelaySeconds).toBeGreaterThan(2 * interval);
    const [listening] = /^:\d+/mu.exec(caddyfile)!;
    expect(file.services['proxy']?.ports).toEqual([`127.0.0.1:4711${listening}`]);
  });
});
