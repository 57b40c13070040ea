import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import type { FromWriter, QueuedAppend, ToWriter, WriterOptions } from './messages.js';
import { packOutcomes, unpackAppends } from './packed-appends.js';
import { StoreWriter } from './store-writer.js';
import { WriteFailed } from './write-failed.js';

/*
 * The thread that writes, so that the event loop never waits for an fsync. While one group is being committed, further
 * appends gather in the port's queue; all of them make the next group. Erasable TypeScript.
 */

/** Bounds of one transaction: it is decided in one go, and what it answers waits for all of it. */
const groupAppendsMax = 1_024;
const groupCharactersMax = 8 * 1024 * 1024;

if (parentPort === null) throw new Error('this module is run as a thread only');
const port = parentPort;
const send = (message: FromWriter): void => port.postMessage(message);

try {
  // Only `AppendQueue` starts this thread.
  const { directory } = workerData as WriterOptions;
  run(new StoreWriter(directory));
} catch (error) {
  if (!(error instanceof WriteFailed)) throw error;
  send({ kind: 'notReady', failure: error.failure });
}

function run(writer: StoreWriter): void {
  const queue: QueuedAppend[] = [];
  /** Number of the first append in the queue. */
  let next = 0;
  let closing = false;

  const take = (message: ToWriter): void => {
    if (message.kind === 'close') closing = true;
    else queue.push(...unpackAppends(message.appends));
  };

  const takeAll = (): void => {
    for (let received = receiveMessageOnPort(port); received !== undefined; received = receiveMessageOnPort(port)) {
      // Only `AppendQueue` writes to this port.
      take(received.message as ToWriter);
    }
  };

  const nextGroup = (): QueuedAppend[] => {
    let characters = 0;
    let appends = 0;
    for (const { bodies } of queue) {
      for (const body of bodies) characters += body.length;
      if (appends === groupAppendsMax || (appends > 0 && characters > groupCharactersMax)) break;
      appends += 1;
    }
    return queue.splice(0, appends);
  };

  port.on('message', (message: ToWriter) => {
    take(message);
    takeAll();
    while (queue.length > 0) {
      const group = nextGroup();
      try {
        const outcomes = packOutcomes(writer.commit(group));
        send({ kind: 'committed', first: next, outcomes, head: writer.head });
      } catch (error) {
        if (!(error instanceof WriteFailed)) throw error;
        send({ kind: 'failed', first: next, count: group.length, failure: error.failure });
      }
      next += group.length;
      takeAll();
      writer.maintain(queue.length === 0);
    }
    if (closing) {
      writer.close();
      port.close();
    }
  });

  send({ kind: 'ready', epoch: writer.epoch, head: writer.head });
}
