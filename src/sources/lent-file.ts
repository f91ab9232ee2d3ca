// A file whose descriptor is lent by somebody else, another thread mostly, who keeps it open until the reading is done.

import type { LogFile } from './file.ts';
import { Extent, readBlocks, readBytes } from './file-bytes.ts';
import type { ReadMeter } from './source.ts';

/** What is known of the file; plain data. */
export interface LentFile {
  readonly path: string;
  readonly identity: string;
  readonly size: number;
  readonly modified: Date;
  readonly fd: number;
}

/** `meter` counts what is read of it. */
export function useLent(file: LentFile, meter?: ReadMeter): LogFile {
  const { fd, path, size } = file;
  const nothing = async (): Promise<void> => undefined;
  const extent = (from = 0, to = Number.POSITIVE_INFINITY): Extent => new Extent(path, from, to, size);
  return {
    ...file,
    read: (from, to) => readBytes(fd, extent(from, to), meter),
    blocks: async (from, to) => readBlocks(fd, extent(from, to), meter, nothing),
    lend: async () => ({ fd, giveBack: nothing }),
    release: nothing,
  };
}
