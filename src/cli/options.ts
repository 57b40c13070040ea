import { InvalidArgumentError, type Command } from 'commander';

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

/**
 * For commands that work on the log itself: `--url` would be passed over, and another log than meant be written.
 * @throws CommanderError, wrong usage, where it was given
 */
export const refuseUrl = (command: Command): void => {
  if (command.optsWithGlobals<{ url?: string }>().url !== undefined)
    command.error('error: this works on the log that TOLLBOOK_LOG names; --url does not go with it');
};
