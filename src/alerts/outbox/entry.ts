// A notice that waits for one channel, as it lies on the disk.
import { type Incident, isOpen, type Notice } from '../alert.ts';

export interface Entry {
  readonly notice: Notice;
  readonly channel: string;
  readonly queuedAt: number;
  /** Among those that were queued at the same time. */
  readonly order: number;
  readonly tries: number;
  /** Not to be tried before. */
  readonly nextTry: number;
  readonly lastError: string | null;
  /** Since when it is a dead letter. */
  readonly diedAt: number | null;
}

/** What must be known of an entry as long as it is not sent. */
export interface Ticket extends Omit<Entry, 'notice'> {
  readonly id: string;
  readonly group: string;
  readonly covers: readonly string[];
  /** What it says is over, by fingerprint: the sequence of its end. */
  readonly endings: ReadonlyMap<string, number>;
  /** Whether it names all that it is about. */
  readonly isWhole: boolean;
  readonly isDeadLetter: boolean;
  readonly severity: Notice['severity'];
}

const NAME = /^[0-9a-f]{16}\.([a-z0-9][a-z0-9-]{0,31})\.json$/;

/** The same for the same notice, so that it is queued once. */
export function fileOf({ id, channel }: { readonly id: string; readonly channel: string }): string {
  return `${id}.${channel}.json`;
}

export function isEntryFile(name: string): boolean {
  return NAME.test(name);
}

export function channelOf(name: string): string {
  return NAME.exec(name)?.[1] ?? '';
}

export function ticketOf({ notice, ...rest }: Entry): Ticket {
  const { id, group, incidents, omitted, reason, severity } = notice;
  return {
    ...rest,
    id,
    group,
    severity,
    covers: incidents.map(({ fingerprint }) => fingerprint),
    endings: new Map(
      incidents
        .filter(({ state }) => !isOpen(state))
        .map(({ fingerprint, sequence }) => [fingerprint, sequence]),
    ),
    isWhole: omitted === 0,
    isDeadLetter: reason === 'dead-letter',
  };
}

export function inOrder(one: Ticket, other: Ticket): number {
  return one.queuedAt - other.queuedAt || one.order - other.order || (one.id < other.id ? -1 : 1);
}

/** Whether `later` says of everything in `earlier` how it stands now. */
export function supersedes(later: Ticket, earlier: Ticket): boolean {
  return (
    later.group === earlier.group &&
    earlier.isWhole &&
    earlier.covers.every((fingerprint) => later.covers.includes(fingerprint))
  );
}

/**
 * Whether all that it says is over turned out not to be: the run that queued it was killed before it was remembered, and
 * the next one saw the fault again.
 */
export function isDisproved({ endings, covers, isWhole }: Ticket, open: readonly Incident[]): boolean {
  if (!isWhole || endings.size < covers.length) return false;
  const now = new Map(open.map(({ fingerprint, sequence }) => [fingerprint, sequence]));
  return [...endings].every(([fingerprint, sequence]) => (now.get(fingerprint) ?? sequence) < sequence);
}

/** `null` for what no outbox wrote. */
export function parseEntry(body: unknown): Entry | null {
  if (!isRecord(body) || !isRecord(body['notice'])) return null;
  const { channel, queuedAt, order, tries, nextTry, lastError, diedAt, notice } = body;
  const isWhole =
    typeof channel === 'string' &&
    [queuedAt, order, tries, nextTry].every(Number.isFinite) &&
    (lastError === null || typeof lastError === 'string') &&
    (diedAt === null || Number.isFinite(diedAt)) &&
    isNotice(notice as Readonly<Record<string, unknown>>);
  return isWhole ? (body as unknown as Entry) : null;
}

function isNotice(notice: Readonly<Record<string, unknown>>): boolean {
  const { schemaVersion, id, group, incidents, omitted, advice } = notice;
  return (
    schemaVersion === 1 &&
    typeof id === 'string' &&
    typeof group === 'string' &&
    Number.isFinite(omitted) &&
    isRecord(advice) &&
    Array.isArray(incidents) &&
    incidents.every((one) => isRecord(one) && typeof one['fingerprint'] === 'string')
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function newEntry(notice: Notice, channel: string, now: number, order: number): Entry {
  return { notice, channel, queuedAt: now, order, tries: 0, nextTry: now, lastError: null, diedAt: null };
}
