// The shipped error texts with the answers expected for them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface CorpusCase {
  readonly id: string;
  /** Physical lines of one record; `neg-028` is two. */
  readonly lines: readonly string[];
  readonly expect: { readonly code: string; readonly variant?: string } | null;
  readonly awsErrorCode: string;
  readonly sdk: string;
}

export const CORPUS: readonly CorpusCase[] = readFileSync(
  join(import.meta.dirname, '../../fixtures/aws-errors/corpus.jsonl'),
  'utf8',
)
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as CorpusCase);
