// The longest text that every match of a regular expression holds, where that is plain to see. Knows no more of the syntax
// than it needs: what it does not know ends a text, and what may make all of it void yields none.

const PLAIN = /[A-Za-z0-9 _\-,;:!#%&@~'"`=<>/]/;
/** An escaped letter or digit is a class, a boundary or a code. */
const ESCAPED = /[^A-Za-z0-9]/;

/** Flags, quotations, escapes of more than a letter, and a brace that repeats nothing. */
const UNSURE = /\(\?[a-zA-Z]*[imsxU]|\\[QECxpP0-9]|\{(?!\d+(?:,\d*)?\})/;

/** `null` where there is none: alternatives, or flags such as `(?i)`. */
export function literalOf(source: string): string | null {
  if (UNSURE.test(source)) return null;
  const texts = [''];
  for (const piece of piecesOf(source)) {
    if (piece === '|') return null;
    const text = texts.at(-1) ?? '';
    const plain = plainOf(piece);
    if (plain !== null) texts[texts.length - 1] = text + plain;
    else texts.push('');
    // What stands before it may be there or not; before a plus it is there, but what follows may not directly follow it.
    if (/^[?*{]/.test(piece)) texts[texts.length - 2] = text.slice(0, -1);
  }
  const longest = texts.reduce((one, other) => (other.length > one.length ? other : one));
  return longest === '' ? null : longest;
}

/** The character that a piece stands for, if it is one and the same. */
function plainOf(piece: string): string | null {
  if (piece.startsWith('\\')) return ESCAPED.test(piece.charAt(1)) ? piece.slice(1) : null;
  return piece.length === 1 && PLAIN.test(piece) ? piece : null;
}

/** Characters, escapes, quantifiers, classes and groups, each as a whole. */
function* piecesOf(source: string): Generator<string> {
  for (let at = 0; at < source.length; ) {
    const end = endOfPiece(source, at);
    yield source.slice(at, end);
    at = end;
  }
}

function endOfPiece(source: string, at: number): number {
  switch (source.charAt(at)) {
    case '\\':
      return at + 2;
    case '{':
      return behind(source, at, '}');
    case '[':
      return behindClass(source, at);
    case '(':
      return behindGroup(source, at);
    default:
      return at + 1;
  }
}

function behind(source: string, from: number, closing: string): number {
  const at = source.indexOf(closing, from);
  return at < 0 ? source.length : at + 1;
}

function behindClass(source: string, from: number): number {
  // A bracket that stands first is one of the class.
  let at = from + (source.startsWith('[^', from) ? 2 : 1) + 1;
  if (source.charAt(at - 1) === '\\') at += 1;
  while (at < source.length && source.charAt(at) !== ']') {
    if (source.startsWith('[:', at)) at = behind(source, at, ':]') + 1;
    else at += source.charAt(at) === '\\' ? 2 : 1;
  }
  return at + 1;
}

function behindGroup(source: string, from: number): number {
  let depth = 0;
  for (let at = from; at < source.length; ) {
    const char = source.charAt(at);
    if (char === '[') {
      at = behindClass(source, at);
      continue;
    }
    if (char === '(') depth += 1;
    if (char === ')') depth -= 1;
    at += char === '\\' ? 2 : 1;
    if (depth === 0) return at;
  }
  return source.length;
}
