/*
 * Makes the user of its own that the service has on a KurrentDB with passwords, and gives it what it needs and no more:
 * to read $all, which by default only administrators may. May be run again. It needs, in the environment:
 *
 *   KURRENTDB          kurrentdb://admin:password@host:2113,…?tls=true&tlsCAFile=…, of an administrator
 *   KURRENTDB_HTTP     https://host:2113, one of the nodes
 *   TOLLBOOK_USER, TOLLBOOK_PASSWORD
 *   NODE_EXTRA_CA_CERTS  the CA again, for the call over HTTP
 */
import { KurrentDBClient } from '@kurrent/kurrentdb-client';

const given = (name) => {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`${name} is missing`);
  return value;
};

const [connection, node] = [given('KURRENTDB'), given('KURRENTDB_HTTP')];
const [user, password] = [given('TOLLBOOK_USER'), given('TOLLBOOK_PASSWORD')];
const [, adminName, adminPassword] = /^[^:]+:\/\/([^:@]+):([^@]+)@/u.exec(connection).map(decodeURIComponent);

const call = (path, method, body) =>
  fetch(`${node}${path}`, {
    method,
    headers: {
      authorization: `Basic ${Buffer.from(`${adminName}:${adminPassword}`).toString('base64')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
    // A node that does not lead sends on to the one that does.
    redirect: 'follow',
  });

/** Nodes that have only just found each other answer 5xx for a while. */
const untilTaken = async (attempt) => {
  for (let tries = 1; ; tries += 1) {
    const answer = await attempt();
    if (answer.status < 500 || tries >= 30) return answer;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
};

const made = await untilTaken(() =>
  call('/users', 'POST', { loginName: user, fullName: 'Tollbook', groups: [], password }),
);
if (made.status === 409) {
  const reset = await untilTaken(() =>
    call(`/users/${encodeURIComponent(user)}/command/reset-password`, 'POST', { newPassword: password }),
  );
  if (!reset.ok) throw new Error(`The password of ${user} could not be set: ${reset.status}`);
} else if (!made.ok) throw new Error(`User ${user} could not be made: ${made.status}`);

const client = KurrentDBClient.connectionString(connection);
try {
  const { metadata } = await client.getStreamMetadata('$all');
  const readRoles = new Set(['$admins', ...[metadata?.acl?.readRoles ?? []].flat(), user]);
  await client.setStreamMetadata('$all', { ...metadata, acl: { ...metadata?.acl, readRoles: [...readRoles] } });
  process.stdout.write(`${user} may read $all now, as ${[...readRoles].join(', ')} may.\n`);
} finally {
  await client.dispose();
}
