import { describe, expect, test } from '@jest/globals';
import {
  createEventCodec,
  decodeEvent,
  encodeEvent,
  storedTypes,
  streamOf,
  UnreadableEventError,
  type StoredTypes,
} from '../../../src/domain/event-codec.js';
import type { FiledEvent } from '../../../src/domain/events.js';
import { figureId, file, given, killed, open } from '../given.js';

const stored = (event: FiledEvent) => ({ id: event.id, ...encodeEvent(event) });
const asJson = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

const [, reported] = given(open())
  .when(file([killed(31)]))
  .thenEvents();
if (reported === undefined) throw new Error('no figure to encode');

describe('the codec', () => {
  test('writes the version into the type and brings the event back as it was', () => {
    const encoded = stored(reported);
    expect(encoded.type).toBe('FigureReported.v1');
    expect(decodeEvent(asJson(encoded))).toEqual(reported);
  });

  test('names the stream of an incident', () => {
    expect(streamOf('x-2016')).toBe('tollbook-incident-x-2016');
  });

  test('keeps what a later version of the same shape may add', () => {
    const encoded = asJson(stored(reported));
    const more = { ...encoded, data: { ...(encoded.data as object), weather: 'rain' } };
    expect(decodeEvent(more).data).toMatchObject({ weather: 'rain', quantity: { kind: 'exactly', value: 31 } });
  });

  test('does not refuse a recorded fact that no rule would let in today', () => {
    const encoded = asJson(stored(reported));
    const odd = { ...encoded, data: { ...(encoded.data as object), quantity: { kind: 'guessed' }, place: 5000 } };
    expect(decodeEvent(odd).type).toBe('FigureReported');
  });

  test.each<
    [
      string,
      (encoded: { type: string; data: unknown; meta: unknown }) => { type?: string; data?: unknown; meta?: unknown },
    ]
  >([
    ['an unknown type', () => ({ type: 'FigureImagined.v1' })],
    ['a version newer than this one knows', () => ({ type: 'FigureReported.v2' })],
    ['no version', () => ({ type: 'FigureReported' })],
    ['a version with leading noughts', () => ({ type: 'FigureReported.v01' })],
    ['no data', () => ({ data: null })],
    ['data that are a list', () => ({ data: [] })],
    ['no meta', () => ({ meta: undefined })],
    ['a member missing', () => ({ data: { figure: figureId(1), report: 'rep_1', place: 0, measure: 'killed' } })],
    ['a member of another kind', ({ data }) => ({ data: { ...(data as object), place: '0' } })],
    ['no time', ({ meta }) => ({ meta: { ...(meta as object), recordedAt: undefined } })],
  ])('does not guess at an event with %s', (_name, change) => {
    const encoded = stored(reported);
    expect(() => decodeEvent({ ...encoded, ...change(encoded) })).toThrow(UnreadableEventError);
  });

  test('says which event it cannot read', () => {
    expect(() => decodeEvent({ ...stored(reported), type: 'FigureReported.v9' })).toThrow(
      `event ${reported.id} (FigureReported.v9) cannot be read: its type or version is not known here`,
    );
  });
});

describe('upcasting', () => {
  // A pretend history: the first version called the number `count`, the second `value` without a kind.
  const types: StoredTypes = {
    ...storedTypes,
    FigureReported: {
      ...storedTypes.FigureReported,
      version: 3,
      upcasters: {
        1: ({ count, ...data }) => ({ ...data, value: count }),
        2: ({ value, ...data }) => ({ ...data, quantity: { kind: 'exactly', value } }),
      },
    },
  };
  const codec = createEventCodec(types);
  const { quantity: _quantity, ...rest } = reported.data as unknown as Record<string, unknown>;

  test.each([
    ['old', 'FigureReported.v1', { ...rest, count: 31 }],
    ['less old', 'FigureReported.v2', { ...rest, value: 31 }],
    ['new', 'FigureReported.v3', reported.data],
  ])('brings the %s shape to the new one', (_name, type, data) => {
    const before = JSON.stringify(data);
    expect(codec.decodeEvent({ id: reported.id, type, data, meta: reported.meta })).toEqual(reported);
    expect(JSON.stringify(data)).toBe(before);
  });

  test('writes the new version, and leaves other types alone', () => {
    expect(codec.encodeEvent(reported).type).toBe('FigureReported.v3');
    expect(codec.encodeEvent({ ...reported, type: 'IncidentClosed', data: { reason: 'over' } }).type).toBe(
      'IncidentClosed.v1',
    );
  });

  test('reads no version that nothing leads from', () => {
    const gap = createEventCodec({
      ...storedTypes,
      FigureReported: { ...types.FigureReported, upcasters: { 1: (data) => data } },
    });
    expect(() => gap.decodeEvent({ ...stored(reported), type: 'FigureReported.v2' })).toThrow(UnreadableEventError);
  });

  test('every type has an upcaster for each version before its own', () => {
    for (const { version, upcasters } of Object.values(storedTypes))
      expect(Object.keys(upcasters).map(Number)).toEqual(Array.from({ length: version - 1 }, (_, at) => at + 1));
  });
});
