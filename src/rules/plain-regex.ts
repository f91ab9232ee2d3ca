// Regular expressions that are a text and nothing else, in capital or small letters as they are written or, behind `(?i)`, in
// any: to tell whether a text holds them takes no engine. Knows no more of the syntax than regex-literal.ts does.

/** What stands for itself, in ASCII; behind a backslash so does all that is no letter and no digit. */
const PLAIN = /^(\(\?i\))?((?:[A-Za-z0-9 _\-,;:!#%&@~'"`=<>/]|\\[ -/:-@[-`{-~])+)$/;
/** Where it begins is tried at each place of a text, so its length counts. */
const LONGEST = 64;
/** Letters that are the same in small letters and stand beyond ASCII: the sign for kelvin, and the long s. */
const FOLDED: ReadonlyMap<string, string> = new Map([
  ['k', '\u212a'],
  ['s', '\u017f'],
]);

/** Whether a text of any length matches; `null` where that is not so plain. */
export function plainRegex(source: string): ((text: string) => boolean) | null {
  const [, isFolded, escaped = ''] = PLAIN.exec(source) ?? [];
  const plain = escaped.replace(/\\(.)/g, '$1');
  if (plain === '' || plain.length > LONGEST) return null;
  if (isFolded === undefined) return (text) => text.includes(plain);
  const pattern = new RegExp(plain.replace(/./g, inAnyCase));
  return (text) => pattern.test(text);
}

/** Not by a flag: what an engine folds beyond ASCII differs, and takes tables that are slow to load. */
function inAnyCase(char: string): string {
  if (!/[A-Za-z]/.test(char))
    return /[A-Za-z0-9]/.test(char) ? char : `\\x${char.charCodeAt(0).toString(16)}`;
  const small = char.toLowerCase();
  return `[${small}${small.toUpperCase()}${FOLDED.get(small) ?? ''}]`;
}
