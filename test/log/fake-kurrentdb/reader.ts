import type { ServerWritableStream } from '@grpc/grpc-js';
import type streamsPb from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';

export type ReadCall = ServerWritableStream<streamsPb.ReadReq, streamsPb.ReadResp>;

/** Who reads at the other end of a call, until they or the connection are gone. */
export class Reader {
  readonly #call: ReadCall;
  readonly #onceOver = new Set<() => void>();
  #over = false;

  constructor(call: ReadCall) {
    this.#call = call;
    const over = (): void => {
      this.#over = true;
      for (const listener of this.#onceOver) listener();
      this.#onceOver.clear();
    };
    call.once('cancelled', over);
    call.once('close', over);
  }

  get isOver(): boolean {
    return this.#over || this.#call.cancelled || this.#call.destroyed || this.#call.writableEnded;
  }

  /** Calls back once, when it is over, however that came. Returns how to stop waiting. */
  onceOver(listener: () => void): () => void {
    this.#onceOver.add(listener);
    return () => this.#onceOver.delete(listener);
  }

  /** Writes and waits where the reader is slow. Resolves to whether there is still a reader. */
  async send(response: streamsPb.ReadResp): Promise<boolean> {
    if (this.isOver) return false;
    if (!this.#call.write(response))
      await new Promise<void>((resolve) => {
        const stop = this.onceOver(resolve);
        this.#call.once('drain', () => {
          stop();
          resolve();
        });
      });
    return !this.isOver;
  }
}
