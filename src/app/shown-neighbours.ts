// The records around a finding's as they are shown: read for themselves where the log is a plain file, else taken from all its
// records as they come.
import { cleanText } from '../findings/clean.ts';
import type { Finding } from '../findings/finding.ts';
import { redact, redactLine } from '../findings/redact.ts';
import type { ScanContext } from '../findings/scan-event.ts';
import type { LogRecord, Position } from '../records/record.ts';
import type { Source } from '../sources/source.ts';
import type { Neighbours } from './neighbours.ts';
import type { ScanSettings } from './settings.ts';
import { type Blocks, blocksOf, recordsAfter, recordsBefore } from './surroundings.ts';

/** Surroundings are shown for a few examples of a fault; more would only cost time. */
const MAX_OF_A_FAULT = 5;
/** Hostile text can name any number of faults; of so many no report tells. */
const MAX_FAULTS = 10_000;
/** As much of a neighbour as tells what went on. */
const MAX_CHARACTERS = 400;

export async function openNeighbours(
  source: Source,
  settings: ScanSettings,
  show: (context: ScanContext) => void,
): Promise<Neighbours> {
  const blocks = settings.rules.literals === null ? null : await blocksOf(source);
  const shown = new Shown(source.path, settings, show);
  return blocks === null
    ? new MetNeighbours(settings.context, shown)
    : new ReadNeighbours(blocks, settings, shown);
}

/** How neighbours are shown, and for which findings. */
class Shown {
  readonly #path: string;
  readonly #settings: ScanSettings;
  readonly #show: (context: ScanContext) => void;
  readonly #examples = new Map<string, number>();

  constructor(path: string, settings: ScanSettings, show: (context: ScanContext) => void) {
    this.#path = redactLine(path, settings.redaction);
    this.#settings = settings;
    this.#show = show;
  }

  /** Whether it is one more example of its fault that is to be shown. */
  takes({ fingerprint }: Finding): boolean {
    const examples = this.#examples.get(fingerprint) ?? 0;
    if (examples >= MAX_OF_A_FAULT || (examples === 0 && this.#examples.size >= MAX_FAULTS)) return false;
    this.#examples.set(fingerprint, examples + 1);
    return true;
  }

  textOf({ text }: LogRecord): string {
    const shown = redact(cleanText(text), this.#settings.redaction);
    return shown.length > MAX_CHARACTERS ? `${shown.slice(0, MAX_CHARACTERS)}…` : shown;
  }

  add(id: string, before: readonly string[], after: readonly string[]): void {
    this.#show({ type: 'context', id, path: this.#path, before, after });
  }
}

class ReadNeighbours implements Neighbours {
  readonly needsAll = false;
  readonly #blocks: Blocks;
  readonly #settings: ScanSettings;
  readonly #shown: Shown;

  constructor(blocks: Blocks, settings: ScanSettings, shown: Shown) {
    this.#blocks = blocks;
    this.#settings = settings;
    this.#shown = shown;
  }

  meet(): void {}

  surround(finding: Finding, { position }: LogRecord): Promise<void> | undefined {
    return this.#shown.takes(finding) ? this.#read(finding, position) : undefined;
  }

  async #read({ id }: Finding, position: Position): Promise<void> {
    const { context, recordLimits } = this.#settings;
    const textOf = (record: LogRecord): string => this.#shown.textOf(record);
    const before = await recordsBefore(this.#blocks, position, context, recordLimits);
    const after = await recordsAfter(this.#blocks, position, context, recordLimits);
    this.#shown.add(id, before.map(textOf), after.map(textOf));
  }

  end(): void {}
}

interface Pending {
  readonly id: string;
  readonly before: readonly string[];
  readonly after: string[];
}

class MetNeighbours implements Neighbours {
  readonly needsAll = true;
  readonly #size: number;
  readonly #shown: Shown;
  readonly #recent: LogRecord[] = [];
  #pending: Pending[] = [];

  constructor(size: number, shown: Shown) {
    this.#size = size;
    this.#shown = shown;
  }

  meet(record: LogRecord): void {
    for (const { after } of this.#pending) after.push(this.#shown.textOf(record));
    for (const { id, before, after } of this.#pending) {
      if (after.length >= this.#size) this.#shown.add(id, before, after);
    }
    this.#pending = this.#pending.filter(({ after }) => after.length < this.#size);
    this.#recent.push(record);
    if (this.#recent.length > this.#size + 1) this.#recent.shift();
  }

  surround(finding: Finding): undefined {
    if (!this.#shown.takes(finding)) return;
    const before = this.#recent.slice(0, -1).map((record) => this.#shown.textOf(record));
    this.#pending.push({ id: finding.id, before, after: [] });
  }

  /** The end leaves some with fewer records after them. */
  end(): void {
    for (const { id, before, after } of this.#pending.splice(0)) this.#shown.add(id, before, after);
  }
}
