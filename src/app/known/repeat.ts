// The findings of known records, from templates.
import type { KeyEvidence } from '../../aws/aws-error.ts';
import type { LogClock } from '../log-time.ts';
import type { ScanSettings } from '../settings.ts';
import { isWithin } from '../time-window.ts';
import { Filler } from './fill.ts';
import type { FoundBuffer } from './found-buffer.ts';
import type { KnownRecord } from './known-record.ts';
import type { Template } from './template.ts';
import type { Wordings } from './wordings.ts';

export class Repeater {
  readonly #path: string;
  readonly #clock: LogClock;
  readonly #settings: ScanSettings;
  readonly #wordings: Wordings;
  readonly #out: FoundBuffer;
  readonly #filler: Filler;
  readonly #sizes: number[] = [];
  /** Whether the log's time is shown as it is printed, whatever it is. */
  readonly #isAnyTime: boolean;

  constructor(path: string, clock: LogClock, settings: ScanSettings, wordings: Wordings, out: FoundBuffer) {
    const { since, until, zone, host } = settings;
    this.#path = path;
    this.#clock = clock;
    this.#settings = settings;
    this.#wordings = wordings;
    this.#out = out;
    this.#filler = new Filler(host);
    this.#isAnyTime =
      zone === undefined && since === Number.NEGATIVE_INFINITY && until === Number.POSITIVE_INFINITY;
  }

  /** False where the record has to be looked at itself. */
  repeat(record: KnownRecord, key: KeyEvidence | null): boolean {
    const templates = this.#wordings.templatesFor(record, key, this.#path);
    if (templates === null || !this.#measure(templates, record)) return false;
    if (templates.length === 0) return true;
    const time = this.#isAnyTime ? null : this.#clock.datedTimeOf(record);
    if (time !== null && !isWithin(time.instants, this.#settings)) {
      const { passedOver } = this.#settings;
      if (passedOver !== undefined) passedOver.findings += templates.length;
    } else this.#write(templates, record, time?.time ?? null);
    return true;
  }

  #measure(templates: readonly Template[], record: KnownRecord): boolean {
    for (let at = 0; at < templates.length; at += 1) {
      const template = templates[at];
      const size = template === undefined ? null : this.#filler.sizeOf(template, record);
      if (size === null) return false;
      this.#sizes[at] = size;
    }
    return true;
  }

  #write(templates: readonly Template[], record: KnownRecord, time: string | null): void {
    const id = this.#filler.idOf(record);
    for (let at = 0; at < templates.length; at += 1) {
      const template = templates[at];
      if (template === undefined) continue;
      const size = this.#sizes[at] ?? 0;
      if (this.#out.lines === null) this.#out.add(this.#filler.finding(template, size, record, id, time));
      else this.#out.lines.addKnown(this.#filler, template, size, record, id, time);
    }
  }
}
