// What is searched for in a log's bytes, and how its candidates are handed on.
import type { Searcher } from '../kernel/searcher.ts';
import type { LineStart } from './lines.ts';
import type { LookBack } from './look-back.ts';
import type { RecordLimits } from './record.ts';
import type { Known, Recall, Wanted } from './record-finder.ts';

export interface Search {
  /** Its other literals stand wherever a hint does that is looked back for. */
  readonly searcher: Searcher;
  readonly wanted: Wanted;
  /** Whether hits tell also where hints stand that are looked back for. */
  readonly hints?: boolean;
}

export interface CandidateOptions<K extends Known = never> {
  readonly limits: RecordLimits;
  readonly start?: LineStart;
  readonly lookBack: LookBack;
  /** Asked for every stretch of bytes, which is the sample; `null`: every record is handed on. */
  readonly search: (sample: Buffer) => Search | null;
  /** Where it is known what a record comes to, that is handed on in its place. */
  readonly recall?: Recall<K> | null;
}
