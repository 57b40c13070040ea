/*
 * Just enough of a shell to run the commands of the README on any machine: quotes, line continuations, variables.
 * Anything else in there is an error, so that the README stays as simple as it is.
 */

/** The fenced blocks of a Markdown text, in order. */
export const fencedBlocks = (markdown: string): readonly { readonly language: string; readonly text: string }[] =>
  [...markdown.matchAll(/^```(?<language>\w*)\n(?<text>.*?)^```$/gmsu)].map(({ groups }) => ({
    language: groups?.['language'] ?? '',
    text: groups?.['text'] ?? '',
  }));

const token = /\s+|\\\n|'(?<single>[^']*)'|\$(?<variable>[A-Z]+)|(?<plain>[^\s'"\\$|;&<>()`]+)/uy;

/** Splits a script into commands of words; `variables` are those that the script may use, and that it sets. */
export const commandsOf = (script: string, variables: Map<string, string>): readonly (readonly string[])[] => {
  const commands: string[][] = [];
  let words: string[] = [];
  let word: string | null = null;
  const endWord = (): void => {
    if (word !== null) words.push(word);
    word = null;
  };
  const endCommand = (): void => {
    endWord();
    const [first] = words;
    const assignment = words.length === 1 ? /^(?<name>[A-Z]+)=(?<value>.*)$/u.exec(first ?? '') : null;
    if (assignment?.groups) variables.set(assignment.groups['name'] ?? '', assignment.groups['value'] ?? '');
    else if (words.length > 0) commands.push(words);
    words = [];
  };
  token.lastIndex = 0;
  while (token.lastIndex < script.length) {
    const at = token.lastIndex;
    const found = token.exec(script);
    if (found === null)
      throw new Error(`the README uses more of a shell than its test knows: ${script.slice(at, at + 40)}`);
    const { single, variable, plain } = found.groups ?? {};
    const text = single ?? plain ?? (variable === undefined ? undefined : (variables.get(variable) ?? ''));
    if (text !== undefined) word = (word ?? '') + text;
    else if (found[0] === '\\\n') endWord();
    else if (found[0].includes('\n')) endCommand();
    else endWord();
  }
  endCommand();
  return commands;
};
