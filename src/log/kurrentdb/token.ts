import { type Position as ServerPosition, START } from '@kurrent/kurrentdb-client';
import { type Checkpoint, LogRefusedError } from '../event-log.js';

/** Both halves of a position of the server, since one alone skips events; the port's position is its commit half. */
export const checkpointOf = ({ commit, prepare }: ServerPosition): Checkpoint => ({
  position: commit,
  token: `${commit}/${prepare}`,
});

/** Before the first event. */
export const beginning: Checkpoint = { position: 0n, token: '0/0' };

/** @throws LogRefusedError where the token is not of this kind of log */
export const serverPositionOf = (checkpoint: Checkpoint | null): ServerPosition | typeof START => {
  if (checkpoint === null || checkpoint.token === beginning.token) return START;
  const [, commit, prepare] = /^(\d{1,20})\/(\d{1,20})$/u.exec(checkpoint.token) ?? [];
  if (commit === undefined || prepare === undefined)
    throw new LogRefusedError(
      `Checkpoint ${checkpoint.token} is not of a KurrentDB. Start from the beginning (tollbook rebuild)`,
    );
  return { commit: BigInt(commit), prepare: BigInt(prepare) };
};
