import { setTimeout as delay } from 'node:timers/promises';
import type { Member } from './about-itself.js';
import { type Cluster, FakeKurrentDb } from './fake-kurrentdb.js';
import type { Node } from './node.js';
import { FakeStore } from './store.js';

/** How long a real cluster was without a leader after its leader died, in ms. */
export const electionMs = 1_000;

/** Three nodes on one store; one leads. */
export class FakeCluster implements Cluster {
  readonly store = new FakeStore();
  readonly nodes: FakeKurrentDb[] = [];
  #leader: FakeKurrentDb | null = null;

  static async start(): Promise<FakeCluster> {
    const cluster = new FakeCluster();
    for (let count = 0; count < 3; count += 1) {
      const node = await FakeKurrentDb.start(cluster.store);
      node.cluster = cluster;
      cluster.nodes.push(node);
    }
    cluster.#leader = cluster.nodes[0] ?? null;
    return cluster;
  }

  get connectionString(): string {
    return `kurrentdb://${this.nodes.map(({ host, port }) => `${host}:${port}`).join(',')}?tls=false`;
  }

  leader(): FakeKurrentDb | null {
    return this.#leader;
  }

  followers(): readonly FakeKurrentDb[] {
    return this.nodes.filter((node) => node !== this.#leader && node.isUp);
  }

  roleOf(node: FakeKurrentDb): Node['role'] {
    if (this.#leader === null) return 'notReady';
    return node === this.#leader ? 'leader' : 'follower';
  }

  members(): readonly Member[] {
    // While another leader is sought, gossip still shows the others as they were.
    return this.nodes.map((node) => ({
      node,
      role: node === this.#leader ? 'leader' : 'follower',
      isAlive: node.isUp,
    }));
  }

  /**
   * Kills the leader; for a while no node is ready, then another leads. Resolves to the one killed, which can come back
   * as a follower.
   */
  async killLeader(withoutLeaderMs = electionMs): Promise<FakeKurrentDb> {
    const killed = this.#leader;
    if (killed === null) throw new Error('there is no leader now');
    this.#leader = null;
    await killed.kill();
    await delay(withoutLeaderMs);
    this.#leader = this.nodes.find(({ isUp }) => isUp) ?? null;
    return killed;
  }

  async close(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.close()));
  }
}
