// What the book means to a monitoring system. Silences and acknowledgements mute notices, never the status: the fault is
// there all the same.
import { compareGravity, type Incident, isOpen } from './alert.ts';
import type { Book } from './book.ts';
import { silenceOf } from './silences.ts';

export interface BookStatus {
  readonly status: 'OK' | 'WARNING' | 'CRITICAL';
  /** The gravest first. */
  readonly open: readonly Incident[];
  /** Of those, how many someone acknowledged or a silence mutes. */
  readonly acknowledged: number;
  readonly silenced: number;
}

export function statusOf(book: Book, now: number): BookStatus {
  const open = book.incidents.filter(({ state }) => isOpen(state)).sort(compareGravity);
  const isOpenAt = (severity: Incident['severity']): boolean => open.some((one) => one.severity === severity);
  return {
    status: isOpenAt('critical') ? 'CRITICAL' : isOpenAt('warning') ? 'WARNING' : 'OK',
    open,
    acknowledged: open.filter(({ acknowledged }) => acknowledged !== null).length,
    silenced: open.filter((incident) => silenceOf(incident, book.silences, now) !== null).length,
  };
}
