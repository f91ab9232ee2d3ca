// What an administrator says about faults between two runs: that someone works on them, or that they are over.
import { UsageError } from '../lib/errors.ts';
import { type Incident, isOpen } from './alert.ts';
import type { Book } from './book.ts';
import { resolve } from './incident.ts';

export interface Word {
  readonly by: string;
  readonly reason: string;
  readonly at: number;
}

interface Act {
  readonly book: Book;
  readonly incidents: readonly Incident[];
}

/** Repeats stop; news and the end are still told. Throws a `UsageError` where `name` names no open fault. */
export function acknowledge(book: Book, name: string, word: Word): Act {
  return act(book, name, word, (incident) => ({ ...incident, acknowledged: { ...word } }));
}

/** The fault is over until it is seen again. Throws a `UsageError` where `name` names no open fault. */
export function declareResolved(book: Book, name: string, word: Word): Act {
  return act(book, name, word, (incident) => resolve(incident, `${word.by}: ${word.reason}`, word.at));
}

function act(book: Book, name: string, { reason }: Word, change: (incident: Incident) => Incident): Act {
  if (reason.trim() === '') throw new UsageError('a reason is needed: --reason TEXT');
  const chosen = new Set(book.incidents.filter((one) => isOpen(one.state) && namesIncident(one, name)));
  if (chosen.size === 0) {
    throw new UsageError(`no open fault is called \`${name.slice(0, 64)}\``, {
      hint: 'name a fingerprint, a code or a rule that `oclog alerts list` shows',
    });
  }
  const changed = new Map([...chosen].map((one) => [one, change(one)]));
  return {
    book: { ...book, incidents: book.incidents.map((one) => changed.get(one) ?? one) },
    incidents: [...changed.values()],
  };
}

/** By fingerprint or at least six digits of it, by code or by rule. */
export function namesIncident({ fingerprint, code, rule }: Incident, name: string): boolean {
  const word = name.trim().toLowerCase();
  return (
    (/^[0-9a-f]{6,12}$/.test(word) && fingerprint.startsWith(word)) ||
    code.toLowerCase() === word ||
    rule === word
  );
}
