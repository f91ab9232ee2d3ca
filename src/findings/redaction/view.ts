// How a text reads once its escapes are undone (percent, backslash, XML, in layers), with a way back from each
// character to where it stands in the source. Detection reads views, masking cuts the source.

/** Stands in a view for what an earlier pass has masked. */
export const MASKED = '\ue000';

/** More layers than any log nests; hostile text cannot ask for more work than this. */
const MAX_LAYERS = 3;

export interface View {
  readonly text: string;
  /** Where each character begins in the source, and behind the last one the source's length. */
  readonly starts: Uint32Array;
  /** How many layers of escapes each character came out of: an escaped quote does not end a plain string. */
  readonly depths: Uint8Array;
}

const PLACEHOLDER = /\[redacted(?: \d{1,7} characters)?\]/g;

/** Colour sequences are undone too, into nothing. `\token` and `\bearer` are names behind a backslash. */
const ESCAPE = new RegExp(
  [
    '%[0-9A-Fa-f]{2}',
    '\\\\u[0-9A-Fa-f]{4}',
    '\\\\(?:[nrf]|t(?!oken)|b(?!earer|asic)|[^\\w\\s])',
    '&(?:quot|apos|amp|lt|gt|#\\d{2,5}|#x[0-9A-Fa-f]{2,4});',
    '\\u001b\\[[0-?]{0,64}[@-~]',
  ].join('|'),
  'g',
);

const LETTER_ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f', b: '\b' };
const ENTITIES: Readonly<Record<string, string>> = { quot: '"', apos: "'", amp: '&', lt: '<', gt: '>' };

/** What every escape and placeholder begins with. */
const UNDONE = /[%\\&\u001b]|\[redacted/;

/** 0, 1, 2, …; of a text without escapes each character begins where it stands. Grows with the longest text. */
let places = new Uint32Array(0);
let noDepths = new Uint8Array(0);

function plainView(source: string): View {
  const { length } = source;
  if (places.length <= length) {
    places = new Uint32Array(length * 2 + 1);
    for (let i = 0; i < places.length; i += 1) places[i] = i;
    noDepths = new Uint8Array(places.length);
  }
  return { text: source, starts: places.subarray(0, length + 1), depths: noDepths.subarray(0, length) };
}

export function viewOf(source: string): View {
  let view = plainView(source);
  if (!UNDONE.test(source)) return view;
  view = undo(view, PLACEHOLDER, 0, () => MASKED);
  for (let depth = 1; depth <= MAX_LAYERS; depth += 1) {
    const next = undo(view, ESCAPE, depth, meaning);
    if (next === view) break;
    view = next;
  }
  return view;
}

/** Position in the source of a position in the view. */
export function sourceAt(view: View, index: number): number {
  return view.starts[index] ?? 0;
}

export function depthAt(view: View, index: number): number {
  return view.depths[index] ?? 0;
}

function undo(view: View, pattern: RegExp, depth: number, decode: (sequence: string) => string): View {
  const { text } = view;
  const parts: string[] = [];
  const starts = new Uint32Array(text.length + 1);
  const depths = new Uint8Array(text.length);
  let read = 0;
  let written = 0;
  const copy = (to: number): void => {
    starts.set(view.starts.subarray(read, to), written);
    depths.set(view.depths.subarray(read, to), written);
    parts.push(text.slice(read, to));
    written += to - read;
    read = to;
  };
  for (const match of text.matchAll(pattern)) {
    copy(match.index);
    const decoded = decode(match[0]);
    if (decoded !== '') {
      starts[written] = sourceAt(view, read);
      depths[written] = depth;
      written += 1;
      parts.push(decoded);
    }
    read += match[0].length;
  }
  if (read === 0) return view;
  copy(text.length);
  starts[written] = sourceAt(view, text.length);
  return {
    text: parts.join(''),
    starts: starts.subarray(0, written + 1),
    depths: depths.subarray(0, written),
  };
}

/** One character (a UTF-16 unit) or nothing. */
function meaning(sequence: string): string {
  if (sequence.startsWith('%')) return String.fromCharCode(Number.parseInt(sequence.slice(1), 16));
  if (sequence.startsWith('\\')) {
    if (sequence.length > 2) return String.fromCharCode(Number.parseInt(sequence.slice(2), 16));
    return LETTER_ESCAPES[sequence.charAt(1)] ?? sequence.charAt(1);
  }
  if (!sequence.startsWith('&')) return '';
  if (sequence.startsWith('&#x')) return String.fromCharCode(Number.parseInt(sequence.slice(3, -1), 16));
  if (sequence.startsWith('&#')) return String.fromCharCode(Number.parseInt(sequence.slice(2, -1), 10));
  return ENTITIES[sequence.slice(1, -1)] ?? '';
}
