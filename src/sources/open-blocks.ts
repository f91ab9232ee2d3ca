// Opens what may not be there to be opened, for those who look only: whoever reads a source in earnest says what is wrong.
import { SourceError } from '../lib/errors.ts';
import type { BlockReader, Source } from './source.ts';

/** The bytes of a source by blocks; `null` where it is no plain text that stands in a file, or cannot be opened. */
export async function openBlocks({ blocks }: Source): Promise<BlockReader | null> {
  return (await blocks?.().catch(nullIfKnown)) ?? null;
}

/** For what a source may fail with; throws all else. */
export function nullIfKnown(error: unknown): null {
  if (error instanceof SourceError) return null;
  throw error;
}
