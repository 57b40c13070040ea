import gossipPb from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/gossip_pb.js';
import featuresPb from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_pb.js';
import sharedPb from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import type { Endpoint, Node } from './node.js';

/** The server whose answers these are. */
const version = '24.6.0';

/** What it says it can do: what it can. */
const methods: readonly (readonly [service: string, method: string, features: readonly string[]])[] = [
  ['event_store.client.streams.streams', 'read', ['position', 'events']],
  ['event_store.client.streams.streams', 'append', []],
  ['event_store.client.streams.streams', 'batchappend', ['deadline_duration']],
  ['event_store.client.streams.streams', 'delete', []],
  ['event_store.client.streams.streams', 'tombstone', []],
  ['event_store.client.gossip.gossip', 'read', []],
  ['event_store.client.server_features.serverfeatures', 'getsupportedmethods', []],
];

export const supportedMethods = (): featuresPb.SupportedMethods =>
  new featuresPb.SupportedMethods().setEventStoreServerVersion(version).setMethodsList(
    methods.map(([service, method, features]) =>
      new featuresPb.SupportedMethod()
        .setServiceName(service)
        .setMethodName(method)
        .setFeaturesList([...features]),
    ),
  );

export interface Member {
  readonly node: Endpoint;
  readonly role: Node['role'];
  readonly isAlive: boolean;
}

const { VNodeState } = gossipPb.MemberInfo;
const states = { leader: VNodeState.LEADER, follower: VNodeState.FOLLOWER, notReady: VNodeState.UNKNOWN };

export const clusterInfo = (members: readonly Member[]): gossipPb.ClusterInfo =>
  new gossipPb.ClusterInfo().setMembersList(
    members.map(({ node, role, isAlive }) =>
      new gossipPb.MemberInfo()
        .setInstanceId(new sharedPb.UUID().setString(instanceIdOf(node)))
        .setTimeStamp(String(BigInt(Date.now()) * 10_000n))
        .setState(states[role])
        .setIsAlive(isAlive)
        .setHttpEndPoint(new gossipPb.EndPoint().setAddress(node.host).setPort(node.port)),
    ),
  );

const instanceIdOf = ({ port }: Endpoint): string => `00000000-0000-4000-8000-${String(port).padStart(12, '0')}`;
