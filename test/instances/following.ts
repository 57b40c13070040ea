import { readFeed } from '../http/feed-reader.js';

/** After a feed ended, it is asked for again so many ms later. */
const againMs = 100;

/** A reader of a feed that comes back with its last id, as an EventSource does, and keeps what it was told. */
export class Following {
  /** Positions of revision frames, by incident, in the order told. */
  readonly told = new Map<string, string[]>();
  readonly resets: string[] = [];
  connections = 0;
  #lastId = '';
  #stopped = false;
  #close: () => void = () => undefined;
  readonly #ended: Promise<void>;

  constructor(
    private readonly url: string,
    private readonly path: string,
  ) {
    this.#ended = this.#follow();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#close();
    await this.#ended;
  }

  async #follow(): Promise<void> {
    while (!this.#stopped) {
      const reading = readFeed(this.url, this.path, this.#lastId === '' ? {} : { 'last-event-id': this.#lastId });
      this.connections += 1;
      let taken = 0;
      const take = (): void => {
        for (const { event, id, data } of reading.events.slice(taken)) {
          taken += 1;
          if (id !== null) this.#lastId = id;
          if (event === 'reset') this.resets.push(String(data['reason']));
          if (event !== 'revision') continue;
          const incident = String(data['incident']);
          const positions = this.told.get(incident) ?? [];
          positions.push(String(data['position']));
          this.told.set(incident, positions);
        }
      };
      this.#close = () => reading.close();
      reading.socket.on('data', take);
      await reading.ended;
      take();
      await new Promise((resolve) => setTimeout(resolve, againMs));
    }
  }
}
