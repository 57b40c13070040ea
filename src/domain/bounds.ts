/** Every bound of a message, with its unit. A number that a user may meet stands here and nowhere else. */
export const bounds = {
  figuresInReportMax: 500,
  linksInChainMax: 10,
  nameCharactersMax: 200,
  wordsCharactersMax: 500,
  noteCharactersMax: 2_000,
  urlCharactersMax: 2_000,
  titleCharactersMax: 500,
  slugCharactersMin: 2,
  slugCharactersMax: 63,
  idCharactersMax: 100,
  peopleMax: 1_000_000_000,
  namedFiguresInOfMax: 100,
  groupsInSchemeMax: 200,
  measuresInSchemeMax: 100,
  breakdownsInSchemeMax: 20,
  valuesInBreakdownMax: 1_000,
  breakdownKeysInCellMax: 5,
  valueLevelsInBreakdownMax: 10,
  /** One event as stored: its id, type, data and meta as JSON, in UTF-8. */
  eventBytesMax: 32 * 1024,
  /** One filing as stored, so that it is one atomic append on every log. */
  filingBytesMax: 900 * 1024,
} as const;
