// Recognises how an input is packed by its first bytes. Names are never looked at.

export type Format = 'plain' | 'gzip' | 'zip' | 'xz' | 'bzip2' | 'zstd';

/** As many first bytes as `recogniseFormat` wants to see. */
export const FORMAT_HEAD = 10;

interface Magic {
  readonly format: Format;
  readonly bytes: readonly number[];
  /** So many bytes already tell, when the input ends within its magic: a rotation has just begun. */
  readonly enough: number;
}

const MAGICS: readonly Magic[] = [
  { format: 'gzip', bytes: [0x1f, 0x8b, 0x08], enough: 2 },
  { format: 'zip', bytes: [0x50, 0x4b, 0x03, 0x04], enough: 3 },
  { format: 'zip', bytes: [0x50, 0x4b, 0x05, 0x06], enough: 3 },
  { format: 'xz', bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], enough: 3 },
  { format: 'zstd', bytes: [0x28, 0xb5, 0x2f, 0xfd], enough: 4 },
];

// `BZh9` may begin a line of text; the block's or the empty archive's mark after it may not.
const BZIP2 = /^BZh[1-9](?:1AY&SY|\x17\x72\x45\x38\x50\x90)/;

export function recogniseFormat(head: Buffer): Format {
  for (const { format, bytes, enough } of MAGICS) {
    const seen = Math.min(head.length, bytes.length);
    if (seen >= enough && bytes.slice(0, seen).every((byte, index) => head[index] === byte)) return format;
  }
  return BZIP2.test(head.toString('latin1')) ? 'bzip2' : 'plain';
}
