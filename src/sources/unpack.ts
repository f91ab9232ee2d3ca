// Packed input to the log's bytes: chooses the decoder and turns damage into the error that is shown.

import { SourceError } from '../lib/errors.ts';
import { ByteCursor } from './cursor.ts';
import { Damage, damagedSource } from './damage.ts';
import { FORMAT_HEAD, type Format, recogniseFormat } from './format.ts';
import type { MemberGauge } from './gauge.ts';
import { decodeAll, type PackedInput } from './recover.ts';

export type StreamFormat = Exclude<Format, 'plain' | 'zip'>;

/** Inflates a format that holds one stream. */
export async function* unpackStream(
  path: string,
  format: StreamFormat,
  input: PackedInput,
): AsyncGenerator<Buffer> {
  // Loaded here: most inputs are not packed.
  if (format === 'gzip') yield* decodeAll(input, (await import('./gzip.ts')).gunzip);
  else yield* (await import('./system-decoder.ts')).systemDecode(path, format, input.open());
}

/** The bytes of a zip's member, inflated once more if it is packed itself. */
export async function* unpackMember(path: string, member: PackedInput): AsyncGenerator<Buffer> {
  const cursor = new ByteCursor(member.open());
  try {
    const format = recogniseFormat(await cursor.peek(FORMAT_HEAD));
    if (format === 'plain') {
      yield* cursor.remaining();
    } else if (format === 'zip') {
      throw new SourceError(path, 'a zip within a zip is not opened', {
        hint: 'unpack the outer one elsewhere and scan the inner one',
      });
    } else {
      await cursor.close();
      yield* unpackStream(path, format, member);
    }
  } finally {
    await cursor.close();
  }
}

/** Holds inflated bytes to the limits and words their damage. */
export async function* controlled(
  path: string,
  gauge: MemberGauge,
  chunks: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
  try {
    yield* gauge.guard(chunks);
  } catch (error) {
    throw error instanceof Damage ? damagedSource(path, error, gauge.inflated()) : error;
  }
}
