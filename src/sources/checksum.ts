// CRC-32 and length of bytes that pass by, as gzip and zip store them.

import { crc32 } from 'node:zlib';

export interface Checksum {
  pass(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer>;
  crc(): number;
  size(): number;
}

export function createChecksum(): Checksum {
  let crc = 0;
  let size = 0;
  return {
    crc: () => crc,
    size: () => size,
    async *pass(chunks) {
      for await (const chunk of chunks) {
        crc = crc32(chunk, crc);
        size += chunk.length;
        yield chunk;
      }
    },
  };
}
