// The answer of a check that could not even begin.
import type { CheckAnswer } from '../alerts/answer.ts';
import { redactLine } from '../findings/redact.ts';
import { describeProblem, type KnownError } from '../lib/errors.ts';

export function unknownAnswer(error: KnownError): CheckAnswer {
  const path = 'path' in error ? `${error.path}: ` : '';
  const [first, ...rest] = wordsOf(error);
  return {
    status: 'UNKNOWN',
    troubles: [
      {
        cause: `${error.name} ${error.message}`,
        path: 'path' in error ? redactLine(String(error.path), 'standard') : null,
        message: redactLine(path + first, 'standard'),
      },
    ],
    warnings: [],
    notes: rest.filter((line) => line.trim() !== '').map((line) => redactLine(line, 'standard')),
    ...{ open: [], acknowledged: 0, silenced: 0, changes: [], notices: [], isNews: false, advice: {} },
    findings: { info: 0, warning: 0, critical: 0 },
    byCode: {},
    ...{ bytes: 0, lines: 0, inputs: 0, durationMs: 0, outbox: null, totals: null },
  };
}

/** A block shows where in a file something is wrong, in lines of its own: the first line names the place, too. */
function wordsOf(error: KnownError): readonly [string, ...string[]] {
  if (!error.isBlock) return [describeProblem(error)];
  const [first = '', ...rest] = describeProblem(error).split('\n');
  const place = /^ *--> (.+)$/m.exec(error.message)?.[1];
  return [`${first.replace(/^error: /, '')}${place === undefined ? '' : ` (${place})`}`, ...rest];
}
