// The records of one log, told apart: what is known of is dealt with here, everything else is handed back.
import type { LogRecord } from '../../records/record.ts';
import type { Source } from '../../sources/source.ts';
import type { RecordReader } from '../record-reader.ts';
import type { ScanSettings } from '../settings.ts';
import { clockFor } from '../source-clock.ts';
import type { Tools } from '../tools.ts';
import type { FoundBuffer } from './found-buffer.ts';
import { isKnown, type KnownRecord } from './known-record.ts';
import type { Repeater } from './repeat.ts';

export class Recollection {
  readonly #source: Source;
  readonly #settings: ScanSettings;
  readonly #tools: Tools;
  readonly #reader: RecordReader<KnownRecord>;
  readonly #out: FoundBuffer;
  #repeater: Repeater | undefined;

  constructor(
    source: Source,
    settings: ScanSettings,
    tools: Tools,
    reader: RecordReader<KnownRecord>,
    out: FoundBuffer,
  ) {
    this.#source = source;
    this.#settings = settings;
    this.#tools = tools;
    this.#reader = reader;
    this.#out = out;
  }

  /** The record, where it has to be looked at; `null` where its findings are in the buffer. */
  unknown(one: LogRecord | KnownRecord): LogRecord | null {
    if (!isKnown(one)) return one;
    this.#repeater ??= this.#tools.wordings?.repeaterFor(
      this.#source.path,
      clockFor(this.#source, this.#settings),
      this.#out,
    );
    const isDone = this.#repeater?.repeat(one, this.#reader.keyOf(one)) === true;
    return isDone ? null : one.decoded(this.#settings.recordLimits);
  }
}
