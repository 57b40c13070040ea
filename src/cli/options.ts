import { InvalidArgumentError } from 'commander';

/** A position of the log, kept as the digits that it is. */
export const positionOption = (text: string): string => {
  if (!/^\d{1,20}$/u.test(text)) throw new InvalidArgumentError('A position is a whole number.');
  return text;
};

export const countOption = (text: string): number => {
  if (!/^[1-9]\d{0,8}$/u.test(text)) throw new InvalidArgumentError('Give a whole number of at least 1.');
  return Number(text);
};

export const speedOption = (text: string): number => {
  const speed = Number(text);
  if (!(speed > 0) || speed === Infinity) throw new InvalidArgumentError('Give a number above 0; 1 is real time.');
  return speed;
};
