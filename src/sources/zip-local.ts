// A zip's members one after another by their local headers, as far as they go: all there is to go by
// when the central directory is missing (half-written) or out of reach (standard input).

import { type Checksum, createChecksum } from './checksum.ts';
import { ByteCursor } from './cursor.ts';
import { Damage } from './damage.ts';
import { inflateRaw, withInflater } from './raw-deflate.ts';

const LOCAL_HEADER = 0x04034b50;
const DESCRIPTOR = 0x08074b50;
const FIXED_PART = 30;
const ZIP64_SIZES = 1;
const IN_ZIP64 = 0xffffffff;
const FLAG_ENCRYPTED = 1;
const FLAG_DESCRIPTOR = 8;
const STORED = 0;
const DEFLATED = 8;

export interface ZipMember {
  readonly name: string;
  readonly method: number;
  readonly encrypted: boolean;
  /** What the headers say; `null` where it only stands in a descriptor behind the data. */
  readonly sizes: ZipSizes | null;
}

interface ZipSizes {
  readonly packed: number;
  readonly inflated: number;
  readonly crc: number;
}

/** Whether oclog can unpack the member. */
export function isReadable(member: ZipMember): boolean {
  return !member.encrypted && (member.method === STORED || member.method === DEFLATED);
}

/** Names come from the archive's maker: control characters must not reach a terminal. */
export function memberName(raw: Buffer): string {
  return raw.toString('utf8').replace(/[\x00-\x1f\x7f-\x9f]/g, '?');
}

/** Takes the next local header; `null` where the members end and the central directory begins. */
export async function readLocalHeader(cursor: ByteCursor): Promise<ZipMember | null> {
  const mark = await cursor.peek(4);
  if (mark.length === 4 && mark.readUInt32LE(0) !== LOCAL_HEADER) {
    // `PK` begins every other part of a zip, too.
    if (mark.readUInt16LE(0) === (LOCAL_HEADER & 0xffff)) return null;
    throw new Damage('corrupt', 'a local header is missing');
  }
  if (mark.length === 0) throw new Damage('truncated', 'its directory is missing');
  const fixed = await cursor.takeExactly(FIXED_PART);
  const name = fixed && (await cursor.takeExactly(fixed.readUInt16LE(26)));
  const extra = fixed && name && (await cursor.takeExactly(fixed.readUInt16LE(28)));
  if (fixed === null || name === null || extra === null) {
    throw new Damage('truncated', 'it ends within a local header');
  }
  const flags = fixed.readUInt16LE(6);
  return {
    name: memberName(name),
    method: fixed.readUInt16LE(8),
    encrypted: (flags & FLAG_ENCRYPTED) !== 0,
    sizes: (flags & FLAG_DESCRIPTOR) === 0 ? readSizes(fixed, extra) : null,
  };
}

function readSizes(fixed: Buffer, extra: Buffer): ZipSizes {
  const crc = fixed.readUInt32LE(14);
  const packed = fixed.readUInt32LE(18);
  const inflated = fixed.readUInt32LE(22);
  if (packed !== IN_ZIP64 && inflated !== IN_ZIP64) return { crc, packed, inflated };
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== ZIP64_SIZES || at + 20 > extra.length) continue;
    return {
      crc,
      inflated: Number(extra.readBigUInt64LE(at + 4)),
      packed: Number(extra.readBigUInt64LE(at + 12)),
    };
  }
  return { crc, packed, inflated };
}

/**
 * The content of the member whose local header was just taken; leaves the cursor behind it. Damage is
 * thrown after the data.
 */
export async function* readMember(
  cursor: ByteCursor,
  member: ZipMember,
  carefulFrom: number,
): AsyncGenerator<Buffer> {
  const { sizes } = member;
  if (sizes === null && member.method === STORED) {
    throw new Damage('corrupt', 'a stored member does not say how long it is');
  }
  const packed = sizes === null ? cursor : new ByteCursor(limited(cursor, sizes.packed), cursor.offset);
  const checksum = createChecksum();
  yield* checksum.pass(
    member.method === STORED
      ? packed.remaining()
      : withInflater((inflater) => inflateRaw(packed, carefulFrom, inflater)),
  );
  if (sizes === null) return checkDescriptor(cursor, checksum);
  await packed.skip(Number.POSITIVE_INFINITY);
  if (checksum.size() < sizes.inflated) throw new Damage('truncated', 'its data ends too early');
  if (checksum.crc() !== sizes.crc || checksum.size() !== sizes.inflated) throw wrongChecksum();
}

async function* limited(cursor: ByteCursor, bytes: number): AsyncGenerator<Buffer> {
  let left = bytes;
  while (left > 0) {
    const taken = await cursor.take(left);
    if (taken === null) return;
    left -= taken.length;
    yield taken;
  }
}

/** The descriptor has its mark or not, and sizes of four or of eight bytes: the sizes tell which. */
async function checkDescriptor(cursor: ByteCursor, checksum: Checksum): Promise<void> {
  const mark = await cursor.peek(4);
  if (mark.length === 4 && mark.readUInt32LE(0) === DESCRIPTOR) await cursor.skip(4);
  const fields = Buffer.from(await cursor.peek(20));
  const size = checksum.size();
  const isLong = fields.length === 20 && fields.readBigUInt64LE(12) === BigInt(size);
  const isShort = fields.length >= 12 && fields.readUInt32LE(8) === size % 2 ** 32;
  if (fields.length < 12) throw new Damage('truncated', 'its checksum is missing');
  if (!isLong && !isShort) throw wrongChecksum();
  // An empty member's long descriptor looks like a short one, except for what follows.
  await cursor.skip(isLong && !(isShort && fields.readUInt16LE(12) === (LOCAL_HEADER & 0xffff)) ? 20 : 12);
  if (fields.readUInt32LE(0) !== checksum.crc()) throw wrongChecksum();
}

function wrongChecksum(): Damage {
  return new Damage('corrupt', 'its checksum does not fit its data');
}
