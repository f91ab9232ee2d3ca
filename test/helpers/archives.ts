// Builds packed files for tests, byte by byte, the broken kinds included.

import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipPart {
  readonly name: string;
  readonly data: Buffer;
  readonly stored?: boolean;
  /** Only says so in the flags; the data stays as it is. */
  readonly encrypted?: boolean;
  /** Sizes and checksum behind the data, as Java's ZipOutputStream writes them. */
  readonly descriptor?: boolean;
  /** A method number other than stored and deflated. */
  readonly method?: number;
  readonly crc?: number;
}

export function zipOf(parts: readonly ZipPart[], options: { readonly directory?: boolean } = {}): Buffer {
  const locals: Buffer[] = [];
  const entries: Buffer[] = [];
  let offset = 0;
  for (const part of parts) {
    const local = localPart(part);
    entries.push(directoryEntry(part, offset));
    locals.push(local);
    offset += local.length;
  }
  if (options.directory === false) return Buffer.concat(locals);
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

function packedData(part: ZipPart): Buffer {
  return part.stored === true ? part.data : deflateRawSync(part.data);
}

function flagsOf(part: ZipPart): number {
  return (part.encrypted === true ? 1 : 0) | (part.descriptor === true ? 8 : 0) | 0x800;
}

function methodOf(part: ZipPart): number {
  return part.method ?? (part.stored === true ? 0 : 8);
}

function sizesOf(part: ZipPart): Buffer {
  const sizes = Buffer.alloc(12);
  sizes.writeUInt32LE(part.crc ?? crc32(part.data), 0);
  sizes.writeUInt32LE(packedData(part).length, 4);
  sizes.writeUInt32LE(part.data.length, 8);
  return sizes;
}

function localPart(part: ZipPart): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(flagsOf(part), 6);
  header.writeUInt16LE(methodOf(part), 8);
  if (part.descriptor !== true) sizesOf(part).copy(header, 14);
  const name = Buffer.from(part.name);
  header.writeUInt16LE(name.length, 26);
  const behind = part.descriptor === true ? [Buffer.from('PK\x07\x08', 'latin1'), sizesOf(part)] : [];
  return Buffer.concat([header, name, packedData(part), ...behind]);
}

function directoryEntry(part: ZipPart, offset: number): Buffer {
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(20, 4);
  entry.writeUInt16LE(20, 6);
  entry.writeUInt16LE(flagsOf(part), 8);
  entry.writeUInt16LE(methodOf(part), 10);
  sizesOf(part).copy(entry, 16);
  const name = Buffer.from(part.name);
  entry.writeUInt16LE(name.length, 28);
  entry.writeUInt32LE(offset, 42);
  return Buffer.concat([entry, name]);
}

/** A log of so many lines, no two alike, one a second from the given time on. */
export function logOf(from: string, lines: number): Buffer {
  const start = Date.parse(`${from.replace(' ', 'T')}Z`);
  let text = '';
  for (let line = 0; line < lines; line += 1) {
    const time = new Date(start + line * 1000).toISOString().replace('T', ' ').replace('.', ',').slice(0, -1);
    text += `${time} INFO  [AWS_PLUGIN] (thread-${line % 7}) poll ${line} took ${(line * 7919) % 10007} ms\n`;
  }
  return Buffer.from(text);
}
