// Parts of a text to mask, and what stands in their place.

export const PLACEHOLDER = '[redacted]';

/** Half-open, in positions of the source. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly mask: string;
}

/** Replaces every span. Of spans one inside the other the outer one decides; what merely overlaps is joined. */
export function applySpans(source: string, spans: readonly Span[]): string {
  if (spans.length === 0) return source;
  const parts: string[] = [];
  let read = 0;
  for (const span of joined(spans)) {
    parts.push(source.slice(read, span.start), span.mask);
    read = span.end;
  }
  parts.push(source.slice(read));
  return parts.join('');
}

function joined(spans: readonly Span[]): readonly Span[] {
  const sorted = spans.filter((span) => span.end > span.start);
  sorted.sort((a, b) => a.start - b.start || b.end - a.end);
  const result: Span[] = [];
  for (const span of sorted) {
    const last = result.at(-1);
    if (last === undefined || span.start >= last.end) result.push(span);
    else if (span.end > last.end) {
      result[result.length - 1] = { start: last.start, end: span.end, mask: PLACEHOLDER };
    }
  }
  return result;
}
