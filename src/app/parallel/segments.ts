// Where a large plain file can be cut: at the first byte of a record, so that each part can be read for itself. That a
// record begins somewhere can be told without what stands before it.
import { firstRecordIn } from '../../records/first-record.ts';
import { LineBytes } from '../../records/line-bytes.ts';
import type { RecordLimits } from '../../records/record.ts';
import { nullIfKnown } from '../../sources/open-blocks.ts';
import type { Source } from '../../sources/source.ts';
import type { Segment } from '../read-candidates.ts';

/** How far it is looked for a record, less far first. Where none begins for so long, the file is not cut. */
const SEARCHED = [8 * 1024, 256 * 1024] as const;

/** The parts of a file of `size` bytes, each about as long as `partSize`, in order; together they are all of it. */
export async function* segmentsOf(
  source: Source,
  size: number,
  partSize: number,
  limits: RecordLimits,
): AsyncGenerator<Segment> {
  let from = 0;
  for (let near = partSize; near + partSize / 2 < size; near += partSize) {
    const to = await recordFrom(source, near, limits);
    // A long record may reach beyond the next place.
    if (to === null || to <= from) continue;
    yield { from, to };
    from = to;
  }
  yield { from, to: Number.POSITIVE_INFINITY };
}

/** Offset of the first line from `near` on that begins a record; `null` if that is not near, or cannot be read. */
async function recordFrom(source: Source, near: number, limits: RecordLimits): Promise<number | null> {
  const shift = near - 1;
  const blocks = (await source.blocks?.(shift)) ?? null;
  try {
    for (const length of SEARCHED) {
      const bytes = blocks?.peek(length) ?? Buffer.alloc(0);
      const at = firstRecordIn(new LineBytes(bytes, shift, bytes.length, limits));
      if (at !== null) return at + shift;
    }
    return null;
  } catch (error) {
    return nullIfKnown(error);
  } finally {
    await blocks?.close();
  }
}
