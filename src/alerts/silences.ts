// Silences: who mutes which notices, why, and until when. Never endless. The status of the check is never silenced.
import { UsageError } from '../lib/errors.ts';
import type { Incident, Silence } from './alert.ts';
import { type Book, MAX_SILENCES } from './book.ts';
import { digest } from './ids.ts';

const MAX_SILENCE = 90 * 24 * 3_600_000;

export type SilenceRequest = Omit<Silence, 'id'>;

/** Throws a `UsageError` where it names nothing, has no end, or gives no reason. */
export function addSilence(
  book: Book,
  request: SilenceRequest,
): { readonly book: Book; readonly silence: Silence } {
  const { code, rule, fingerprint, host, by, reason, at, until } = request;
  if (code === null && rule === null && fingerprint === null && host === null) {
    throw new UsageError('a silence that names no code, rule, fingerprint or host would mute everything');
  }
  if (reason.trim() === '') throw new UsageError('a silence needs a reason');
  if (until <= at) throw new UsageError('a silence must end in the future');
  if (until - at > MAX_SILENCE) throw new UsageError('a silence lasts no longer than 90 days');
  const others = expireSilences(book.silences, at);
  if (others.length >= MAX_SILENCES) {
    throw new UsageError(`there are ${MAX_SILENCES} silences already`, { hint: 'remove some first' });
  }
  const id = digest([code, rule, fingerprint, host, by, reason, at, until], 8);
  const silence = { ...request, id };
  return { book: { ...book, silences: [...others.filter((one) => one.id !== id), silence] }, silence };
}

/** Throws a `UsageError` where there is none of this id. */
export function removeSilence(book: Book, id: string): Book {
  const silences = book.silences.filter((silence) => silence.id !== id);
  if (silences.length === book.silences.length) throw new UsageError(`there is no silence \`${id}\``);
  return { ...book, silences };
}

export function expireSilences(silences: readonly Silence[], now: number): readonly Silence[] {
  return silences.filter((silence) => isInForce(silence, now));
}

/** One that would last longer than any was made by a clock that was ahead. */
function isInForce({ until }: Silence, now: number): boolean {
  return until > now && until - now <= MAX_SILENCE;
}

/** The silence that mutes an incident, the one that lasts longest. */
export function silenceOf(incident: Incident, silences: readonly Silence[], now: number): Silence | null {
  let found: Silence | null = null;
  for (const silence of silences) {
    if (isInForce(silence, now) && fits(silence, incident) && silence.until > (found?.until ?? 0))
      found = silence;
  }
  return found;
}

function fits({ code, rule, fingerprint, host }: Silence, incident: Incident): boolean {
  return (
    (code === null || code === incident.code) &&
    (rule === null || rule === incident.rule) &&
    (fingerprint === null || fingerprint === incident.fingerprint) &&
    (host === null || host === incident.host)
  );
}
