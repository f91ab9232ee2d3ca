// gzip (RFC 1952): any number of members, padding of zeros behind the last. Header and trailer are read
// here and only the deflate stream is zlib's, so that a wrong checksum costs no data.

import { createChecksum } from './checksum.ts';
import type { ByteCursor } from './cursor.ts';
import { Damage } from './damage.ts';
import type { Inflater } from './inflater.ts';
import { inflateRaw, withInflater } from './raw-deflate.ts';

const FLAG_HEADER_CRC = 2;
const FLAG_EXTRA = 4;
const FLAG_NAME = 8;
const FLAG_COMMENT = 16;
const TRAILER = 8;

/** Inflates every member, in chunks that are overwritten; damage is thrown after all that could be read. */
export function gunzip(cursor: ByteCursor, carefulFrom: number): AsyncGenerator<Buffer> {
  return withInflater((inflater) => inflateMembers(cursor, carefulFrom, inflater));
}

async function* inflateMembers(
  cursor: ByteCursor,
  carefulFrom: number,
  inflater: Inflater,
): AsyncGenerator<Buffer> {
  let damage: Damage | null = null;
  for (let members = 0; await isMemberNext(cursor, members); members += 1) {
    if (!(await skipHeader(cursor))) throw new Damage('truncated', 'it ends within its header');
    const checksum = createChecksum();
    yield* checksum.pass(inflateRaw(cursor, carefulFrom, inflater));
    const trailer = await cursor.takeExactly(TRAILER);
    if (trailer === null) throw new Damage('truncated', 'its checksum is missing');
    const intact =
      trailer.readUInt32LE(0) === checksum.crc() && trailer.readUInt32LE(4) === checksum.size() % 2 ** 32;
    if (!intact) damage ??= new Damage('corrupt', 'its checksum does not fit its data');
  }
  if (damage !== null) throw damage;
}

/** Whether a member begins here; passes over zeros behind the last one. */
async function isMemberNext(cursor: ByteCursor, membersBefore: number): Promise<boolean> {
  for (;;) {
    const head = await cursor.peek(3);
    if (head.length === 0) return false;
    if (head[0] === 0x1f && (head[1] ?? 0x8b) === 0x8b && (head[2] ?? 8) === 8) return true;
    if (membersBefore === 0) throw new Damage('corrupt', 'it does not begin as gzip data');
    if (head[0] !== 0) throw new Damage('corrupt', 'bytes that are no gzip data follow its data');
    await cursor.skip(1);
  }
}

async function skipHeader(cursor: ByteCursor): Promise<boolean> {
  const fixed = await cursor.takeExactly(10);
  if (fixed === null) return false;
  const flags = fixed.readUInt8(3);
  if ((flags & FLAG_EXTRA) !== 0) {
    const length = await cursor.takeExactly(2);
    if (length === null || !(await cursor.skip(length.readUInt16LE(0)))) return false;
  }
  if ((flags & FLAG_NAME) !== 0 && !(await skipText(cursor))) return false;
  if ((flags & FLAG_COMMENT) !== 0 && !(await skipText(cursor))) return false;
  return (flags & FLAG_HEADER_CRC) === 0 || cursor.skip(2);
}

/** Passes over a text and the zero that ends it. */
async function skipText(cursor: ByteCursor): Promise<boolean> {
  for (;;) {
    const byte = await cursor.takeExactly(1);
    if (byte === null) return false;
    if (byte[0] === 0) return true;
  }
}
