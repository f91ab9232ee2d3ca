// What one thread has for all that it reads.
import { BlockPool } from './known/block-pool.ts';
import { openWordings } from './known/open-wordings.ts';
import type { Wordings } from './known/wordings.ts';
import { type SearchOptions, searchFor } from './search-for.ts';
import type { ScanSettings } from './settings.ts';

export class Tools {
  readonly search: ReturnType<typeof searchFor>;
  /** For lines that are written. */
  readonly blocks = new BlockPool();
  readonly #settings: ScanSettings;
  #wordings: Wordings | null = null;

  constructor(settings: ScanSettings, options?: SearchOptions) {
    this.#settings = settings;
    this.search = searchFor(settings.rules, options);
  }

  /** Opened for the first record that may be known. */
  get wordings(): Wordings {
    this.#wordings ??= openWordings(this.#settings);
    return this.#wordings;
  }

  /** Something was found: others of its wording will be known. */
  async learn(): Promise<void> {
    await this.#wordings?.prepare();
  }

  /** Whether much of what is read is known. */
  get isDense(): boolean {
    return this.#wordings?.isUsed === true;
  }
}
