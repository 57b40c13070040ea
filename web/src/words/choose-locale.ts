export const isLanguageTag = (tag: string): boolean => {
  try {
    return Intl.getCanonicalLocales(tag).length > 0;
  } catch {
    // Browsers pass on what the system says, `en-US@posix` too.
    return false;
  }
};

/** The reader's own English, for digits and dates; the words around them are English for now. */
export const chooseLocale = (languages: readonly string[]): string =>
  languages.find((tag) => /^en\b/iu.test(tag) && isLanguageTag(tag)) ?? 'en-GB';
