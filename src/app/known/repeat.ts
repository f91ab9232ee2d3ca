// The findings of known records, from templates.
import type { KeyEvidence } from '../../aws/aws-error.ts';
import type { Finding } from '../../findings/finding.ts';
import { occurrenceIdFrom, occurrenceIdOf } from '../../findings/identity.ts';
import type { Recogniser, Stored } from '../../kernel/recogniser.ts';
import type { LogClock } from '../log-time.ts';
import type { ScanSettings } from '../settings.ts';
import { isWithin } from '../time-window.ts';
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
  readonly #recogniser: Recogniser;
  readonly #traces: Stored[] = [];
  /** Whether the log's time is shown as it is printed, whatever it is. */
  readonly #isAnyTime: boolean;

  constructor(
    path: string,
    clock: LogClock,
    settings: ScanSettings,
    wordings: Wordings,
    recogniser: Recogniser,
    out: FoundBuffer,
  ) {
    this.#recogniser = recogniser;
    const { since, until, zone } = settings;
    this.#path = path;
    this.#clock = clock;
    this.#settings = settings;
    this.#wordings = wordings;
    this.#out = out;
    this.#isAnyTime =
      zone === undefined && since === Number.NEGATIVE_INFINITY && until === Number.POSITIVE_INFINITY;
  }

  /** False where the record has to be looked at itself. */
  repeat(record: KnownRecord, key: KeyEvidence | null): boolean {
    const templates = this.#wordings.templatesFor(record, key, this.#path);
    if (templates === null || !this.#findTraces(templates, record)) return false;
    if (templates.length === 0) return true;
    const time = this.#isAnyTime ? null : this.#clock.datedTimeOf(record);
    if (time !== null && !isWithin(time.instants, this.#settings)) {
      const { passedOver } = this.#settings;
      if (passedOver !== undefined) passedOver.findings += templates.length;
    } else this.#write(templates, record, time?.time ?? null);
    return true;
  }

  /** As they are shown; false where a text would have to be cut before its trace. */
  #findTraces(templates: readonly Template[], { pieces }: KnownRecord): boolean {
    const { trace, thread } = pieces;
    if (trace === null) return true;
    for (let at = 0; at < templates.length; at += 1) {
      const shown = trace.shown(templates[at]?.room(thread?.length ?? 0) ?? 0);
      if (shown === null) return false;
      this.#traces[at] = shown;
    }
    return true;
  }

  #write(templates: readonly Template[], record: KnownRecord, time: string | null): void {
    const { position, pieces } = record;
    const recogniser = this.#recogniser;
    recogniser.setId(
      record.lesson.isPlain
        ? occurrenceIdFrom(recogniser.idText)
        : occurrenceIdOf(this.#settings.host, record.headerLine, position.offset),
    );
    for (let at = 0; at < templates.length; at += 1) {
      const template = templates[at];
      if (template === undefined) continue;
      const trace = pieces.trace === null ? null : (this.#traces[at] ?? null);
      const filled = recogniser.fill(template.address, position, time, trace);
      if (this.#out.lines === null) this.#out.add(findingFrom(filled, template));
      else {
        const { numbersFrom, numbersTo } = recogniser.facts;
        this.#out.lines.addKnown(filled, numbersFrom, numbersTo, template, record);
      }
    }
  }
}

function findingFrom(json: Buffer, { advice }: Template): Finding {
  const finding: Finding = JSON.parse(json.toString());
  return advice === null ? finding : Object.assign(finding, { advice });
}
