import { connect, type Socket } from 'node:net';

export interface FeedEvent {
  readonly event: string;
  readonly id: string | null;
  readonly data: Record<string, unknown>;
}

/** A reader of a feed over a plain socket: what an EventSource does, and what it hides. */
export interface FeedReading {
  readonly socket: Socket;
  /** Status line and headers, once they came. */
  readonly head: Promise<string>;
  readonly events: FeedEvent[];
  /** All bytes of the body so far. */
  text: () => string;
  /** Resolves once so many events have come. */
  have: (count: number) => Promise<FeedEvent[]>;
  readonly ended: Promise<void>;
  close: () => void;
}

export const readFeed = (url: string, path: string, headers: Readonly<Record<string, string>> = {}): FeedReading => {
  const { hostname, port, host } = new URL(url);
  const socket = connect(Number(port), hostname);
  const lines = Object.entries({ host, accept: 'text/event-stream', ...headers }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  socket.write(`GET ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
  let all = '';
  let taken = 0;
  const events: FeedEvent[] = [];
  let wake: () => void = () => {};
  let haveHead: (text: string) => void = () => {};
  const head = new Promise<string>((resolve) => (haveHead = resolve));
  const body = (): string => (all.includes('\r\n\r\n') ? all.slice(all.indexOf('\r\n\r\n') + 4) : '');
  socket.setEncoding('utf8');
  socket.on('data', (part: string) => {
    all += part;
    if (all.includes('\r\n\r\n')) haveHead(all.slice(0, all.indexOf('\r\n\r\n')));
    for (let end = body().indexOf('\n\n', taken); end !== -1; end = body().indexOf('\n\n', taken)) {
      const read = eventOf(body().slice(taken, end));
      taken = end + 2;
      if (read !== null) events.push(read);
    }
    wake();
  });
  const ended = new Promise<void>((resolve) => {
    socket.on('close', () => resolve());
  });
  socket.on('error', () => socket.destroy());
  return {
    socket,
    head,
    events,
    text: body,
    have: async (count) => {
      while (events.length < count) {
        await new Promise<void>((resolve, reject) => {
          const timer = setTimeout(() => reject(new Error(`${events.length} of ${count} events came:\n${all}`)), 5_000);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      return events;
    },
    ended,
    close: () => socket.destroy(),
  };
};

/** A frame's event; `null` for comments and for what only sets `retry`. */
const eventOf = (frame: string): FeedEvent | null => {
  let event = 'message';
  let id: string | null = null;
  let data: string | null = null;
  for (const line of frame.split('\n')) {
    const [name = '', ...rest] = line.split(': ');
    const value = rest.join(': ');
    if (name === 'event') event = value;
    else if (name === 'id') id = value;
    else if (name === 'data') data = value;
  }
  return data === null ? null : { event, id, data: JSON.parse(data) as Record<string, unknown> };
};
