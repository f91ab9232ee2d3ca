// Advice texts with `{fact|fallback}` in them: taken apart, and filled in.

/** A text as it is, or the name of a fact with what stands in for it. */
export type Part =
  | string
  | { readonly name: string; readonly fallback: string | null; readonly piece: string };

const TOKEN = /\{\{|\}\}|\{([^{}]*)\}|[{}]/g;

/** `stray` is the first brace that belongs to no placeholder. */
export function parseTemplate(text: string): {
  readonly parts: readonly Part[];
  readonly stray: string | null;
} {
  const tokens = [...text.matchAll(TOKEN)];
  const parts: Part[] = [];
  let end = 0;
  for (const { 0: piece, 1: inside, index } of tokens) {
    if (index > end) parts.push(text.slice(end, index));
    end = index + piece.length;
    parts.push(inside === undefined ? piece.slice(0, 1) : placeholder(inside, piece));
  }
  if (end < text.length) parts.push(text.slice(end));
  return { parts, stray: tokens.find(([piece]) => piece.length === 1)?.[0] ?? null };
}

function placeholder(inside: string, piece: string): Part {
  const bar = inside.indexOf('|');
  if (bar < 0) return { name: inside.trim(), fallback: null, piece };
  return { name: inside.slice(0, bar).trim(), fallback: inside.slice(bar + 1).trim(), piece };
}

/** `valueFor` yields `null` where there is no value, or none that may stand in this text. */
export function fillTemplate(text: string, valueFor: (name: string) => string | null): string {
  return parseTemplate(text)
    .parts.map((part) => (typeof part === 'string' ? part : (valueFor(part.name) ?? part.fallback ?? '')))
    .join('');
}
