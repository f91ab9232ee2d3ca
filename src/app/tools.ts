// What one thread has for all that it reads.
import type { Recall } from '../records/record-finder.ts';
import { BlockPool } from './known/block-pool.ts';
import type { KnownRecord } from './known/known-record.ts';
import type { Wordings } from './known/wordings.ts';
import { type SearchOptions, searchFor } from './search-for.ts';
import type { ScanSettings } from './settings.ts';

/** Before the memory of a scan has grown, and late enough that what `onBusy` does is no matter beside it. */
const MANY_RECORDS = 4;
/** The same where findings are written as lines, without advice: of those nothing is kept. */
const MANY_LINES = 100;

export class Tools {
  /** For lines that are written. */
  readonly blocks = new BlockPool();
  readonly #settings: ScanSettings;
  readonly #options: SearchOptions;
  #search: ReturnType<typeof searchFor> | null = null;
  #wordings: Wordings | null = null;
  #isAsked = false;
  #found = 0;
  #judged = 0;

  constructor(settings: ScanSettings, options: SearchOptions = {}) {
    this.#settings = settings;
    this.#options = options;
  }

  /** Made when it is first asked for: short logs are not searched. */
  get search(): ReturnType<typeof searchFor> {
    this.#search ??= searchFor(this.#settings.rules, this.#options);
    return this.#search;
  }

  /** What is known of records by their wordings; `null` where nothing is yet. */
  get wordings(): Wordings | null {
    return this.#wordings;
  }

  /** Asked for each record that may be known. */
  readonly recall: Recall<KnownRecord> = (...record) => {
    this.#isAsked = true;
    return this.#wordings?.recall(...record) ?? null;
  };

  /** To be called for each finding: when there are enough of them, what they have in common will be known. */
  async learn(): Promise<void> {
    this.#found += 1;
    if (this.#wordings !== null || !this.#isAsked || this.#found <= this.#settings.learnsBehind) return;
    const { Wordings } = await import('./known/wordings.ts');
    this.#wordings = new Wordings(this.#settings);
  }

  /** One more record is judged. */
  judging(): void {
    this.#judged += 1;
    const { lines, advice, onBusy } = this.#settings;
    if (this.#judged === (lines && !advice ? MANY_LINES : MANY_RECORDS)) onBusy?.();
  }

  /** Whether much of what is read is known. */
  get isDense(): boolean {
    return this.#wordings?.isUsed === true;
  }
}
