/** Dates and times in the reader's locale, always in UTC and, where a time of day is given, saying so. */
export interface TimeWords {
  readonly date: (iso: string) => string;
  readonly dateTime: (iso: string) => string;
  readonly clock: (at: number) => string;
  readonly clockSeconds: (at: number) => string;
  readonly dates: (from: string, to: string | null) => string;
}

const utc = { timeZone: 'UTC' } as const;

export function timeWords(locale: string): TimeWords {
  const date = new Intl.DateTimeFormat(locale, { ...utc, day: 'numeric', month: 'short', year: 'numeric' });
  const clock = new Intl.DateTimeFormat(locale, { ...utc, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const seconds = new Intl.DateTimeFormat(locale, {
    ...utc,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  return {
    date: (iso) => date.format(new Date(iso)),
    dateTime: (iso) => `${date.format(new Date(iso))}, ${clock.format(new Date(iso))} UTC`,
    clock: (at) => `${clock.format(at)} UTC`,
    clockSeconds: (at) => `${seconds.format(at)} UTC`,
    dates: (from, to) => {
      if (to === null) return `since ${date.format(new Date(from))}`;
      return to === from ? date.format(new Date(from)) : date.formatRange(new Date(from), new Date(to));
    },
  };
}

/** How long ago, roughly: for the age of what is shown. */
export function ageInWords(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 5) return 'just now';
  if (seconds < 60) return `${seconds} s ago`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h ago` : `${Math.round(hours / 24)} days ago`;
}
