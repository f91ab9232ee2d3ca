// Makes log text harmless to a terminal: escape sequences go, other controls show as U+FFFD. Clean before
// redacting, so that no escape sequence can cut a secret in two.

/**
 * What must not reach a terminal. A sequence is removed only when it is complete: one that never ends would
 * take the rest of the text with it. Bodies exclude every introducer, which keeps the search linear.
 */
const UNSAFE = new RegExp(
  [
    // CSI: colours, cursor movements
    '(?:\\u001b\\[|\\u009b)[0-?]*[ -/]*[@-~]',
    // OSC, DCS, SOS, PM, APC: titles, links, clipboard
    '(?:\\u001b[\\]PX^_]|[\\u0090\\u0098\\u009d-\\u009f])[^\\u0007\\u001b\\u0080-\\u009f\\r\\n]*(?:\\u0007|\\u001b\\\\|\\u009c)',
    // two- and three-character escapes, the introducers above excepted
    '\\u001b(?:[ -/]+[0-~]|[0-OQ-WYZ\\\\`-~])',
    '[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f]',
    '[\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069]',
    '\\p{Surrogate}',
  ].join('|'),
  'gu',
);

/** Without a look of their own (zero-width, soft hyphen, tags): between the letters of a secret they would hide it. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/gu;
/** A blank is a blank. */
const BLANK = /(?! )\p{Zs}/gu;

const BREAK = /[\n\t]/g;

/** Text of any number of lines; keeps LF and TAB, drops the CR of a CRLF and what cannot be seen. */
export function cleanText(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(UNSAFE, (found) => (found.length > 1 ? '' : '\ufffd'))
    .replace(INVISIBLE, '')
    .replace(BLANK, ' ');
}

/** A value for one line: LF and TAB become blanks. */
export function cleanLine(text: string): string {
  return cleanText(text).replace(BREAK, ' ');
}
