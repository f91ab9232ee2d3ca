// Where the secrets of a text are, and what to show instead.
import type { RedactLevel } from '../redact.ts';
import { nextKey } from './keys.ts';
import { markPrivateKeys } from './pem.ts';
import { type Mark, markExactRuns, markRuns } from './runs.ts';
import {
  markEncodedMessages,
  markKeyIds,
  markQuotedValues,
  markTokens,
  markUrlPasswords,
  markWrittenUrlPasswords,
} from './shapes.ts';
import { PLACEHOLDER, type Span } from './spans.ts';
import { markStrict } from './strict.ts';
import { valueBehind } from './values.ts';
import { sourceAt, type View, viewOf } from './view.ts';

const KEY_ID_LENGTH = 20;

/** `ASIA…MPLE`. The characters between encode the account number; of an id of another length more is not shown. */
export function maskKeyId(id: string): string {
  return `${id.slice(0, 4)}…${id.length === KEY_ID_LENGTH ? id.slice(-4) : ''}`;
}

export function spansOf(source: string, level: RedactLevel): readonly Span[] {
  const spans: Span[] = [];
  const view = viewOf(source);
  const add = (start: number, end: number, mask: string): void => {
    spans.push({ start: sourceAt(view, start), end: sourceAt(view, end), mask });
  };
  const secret: Mark = (start, end) => add(start, end, PLACEHOLDER);
  const keyId: Mark = (start, end) => add(start, end, maskKeyId(view.text.slice(start, end)));

  markEncodedMessages(view.text, (start, end, length) => add(start, end, `[redacted ${length} characters]`));
  markKeyIds(view.text, keyId, secret);
  markPrivateKeys(view.text, secret);
  markTokens(view.text, secret);
  markUrlPasswords(view, secret);
  markRuns(view.text, secret);
  markQuotedValues(view.text, secret);
  markValues(view, secret);
  if (level === 'strict') {
    markStrict(view.text, {
      account: (start, end) => add(start, end, '<account>'),
      name: (start, end) => add(start, end, '<name>'),
      id: keyId,
    });
  }
  if (view.text !== source) markSource(source, spans);
  return spans;
}

/** The source as it stands, for what an escape that is none (`C:\nJal…`) hides in the view. */
function markSource(source: string, spans: Span[]): void {
  const secret: Mark = (start, end) => spans.push({ start, end, mask: PLACEHOLDER });
  markExactRuns(source, secret);
  markWrittenUrlPasswords(source, secret);
  markKeyIds(
    source,
    (start, end) => spans.push({ start, end, mask: maskKeyId(source.slice(start, end)) }),
    secret,
  );
}

function markValues(view: View, mark: Mark): void {
  for (let key = nextKey(view, 0); key !== undefined; ) {
    const value = valueBehind(view, key);
    for (const range of value.ranges) mark(range.start, range.end);
    key = nextKey(view, value.next);
  }
}
