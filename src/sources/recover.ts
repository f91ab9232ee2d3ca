// Wins back the output that zlib drops in front of corrupt data: a second reading feeds the failing
// slice byte by byte. Input that cannot be read again loses at most one buffer of output.

import { ByteCursor } from './cursor.ts';
import { Damage } from './damage.ts';

export interface PackedInput {
  /** The packed bytes from their start. */
  open(): AsyncIterable<Buffer>;
  readonly rereadable: boolean;
}

/** Decodes from the cursor; feeds byte by byte from the offset `carefulFrom` on. */
type Decode = (cursor: ByteCursor, carefulFrom: number) => AsyncIterable<Buffer>;

export async function* decodeAll(input: PackedInput, decode: Decode): AsyncGenerator<Buffer> {
  let done = 0;
  let damage: Damage;
  try {
    for await (const chunk of decodeOnce(input, decode, Number.POSITIVE_INFINITY)) {
      done += chunk.length;
      yield chunk;
    }
    return;
  } catch (error) {
    if (!(error instanceof Damage)) throw error;
    damage = error;
  }
  if (damage.lostAt !== null && input.rereadable) yield* lostOutput(input, decode, damage.lostAt, done);
  throw damage;
}

async function* lostOutput(
  input: PackedInput,
  decode: Decode,
  lostAt: number,
  done: number,
): AsyncGenerator<Buffer> {
  let skip = done;
  try {
    for await (const chunk of decodeOnce(input, decode, lostAt)) {
      if (chunk.length > skip) yield chunk.subarray(skip);
      skip = Math.max(0, skip - chunk.length);
    }
  } catch (error) {
    if (!(error instanceof Damage)) throw error;
  }
}

async function* decodeOnce(input: PackedInput, decode: Decode, carefulFrom: number): AsyncGenerator<Buffer> {
  const cursor = new ByteCursor(input.open());
  try {
    yield* decode(cursor, carefulFrom);
  } finally {
    await cursor.close();
  }
}
