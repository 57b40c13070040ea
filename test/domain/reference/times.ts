const plainDate = /^\d{4}-\d{2}-\d{2}$/u;

/** "a plain date is the earlier of its last moment (UTC) and" a bound; an instant is what it says. Epoch ms. */
export const endOfDayOr = (time: string, boundMs: number): number =>
  plainDate.test(time) ? Math.min(Date.parse(`${time}T23:59:59.999Z`), boundMs) : Date.parse(time);
