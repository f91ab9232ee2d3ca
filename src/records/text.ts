// Turns the bytes of a record, carried as latin1 text, into the text that people and rules read.

// biome-ignore lint/complexity/useRegexLiterals: the escape is clearer spelt out
const COLOUR = new RegExp('\\u001b\\[[0-?]*[ -/]*[@-~]', 'g');
const HIGH_BYTE = /[\x80-\xff]/;
const BLANK_END = /[ \t\r\n\0]+$/;

/** UTF-8 with U+FFFD for what is not; the cheap way for plain ASCII. */
export function decode(latin1: string): string {
  return HIGH_BYTE.test(latin1) ? Buffer.from(latin1, 'latin1').toString('utf8') : latin1;
}

/** Removes the colour sequences that WildFly's console formatter writes around a line. */
export function stripColours(text: string): string {
  return text.includes('\x1b') ? text.replace(COLOUR, '') : text;
}

/** Only spaces, tabs, CR and NUL. */
export function isBlank(text: string): boolean {
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code !== 32 && code !== 9 && code !== 13 && code !== 0) return false;
  }
  return true;
}

/** The text of a record printed by a pattern formatter. */
export function patternText(raw: string): string {
  return trimBlankEnd(stripColours(decode(raw)));
}

export function trimBlankEnd(text: string): string {
  // Guarded, because the pattern is quadratic on a text that is all blanks but for its last character.
  const last = text.charCodeAt(text.length - 1);
  return last === 10 || last === 13 || last === 32 || last === 9 || last === 0
    ? text.slice(0, blankStart(text))
    : text;
}

function blankStart(text: string): number {
  let end = text.length;
  while (end > 0 && BLANK_END.test(text.charAt(end - 1))) end -= 1;
  return end;
}
