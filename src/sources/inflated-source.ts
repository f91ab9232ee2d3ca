// A packed log as a source: inflated within limits.

import type { LogFile } from './file.ts';
import type { ArchiveGauge } from './gauge.ts';
import type { Source } from './source.ts';
import { controlled } from './unpack.ts';

/** A source whose every opening is measured anew. */
export function inflatedSource(
  file: LogFile,
  path: string,
  archive: ArchiveGauge,
  inflate: (feed: (chunks: AsyncIterable<Buffer>) => AsyncIterable<Buffer>) => AsyncIterable<Buffer>,
): Source {
  return {
    path,
    modified: file.modified,
    rereadable: true,
    open() {
      const gauge = archive.member(path);
      return controlled(path, gauge, inflate(gauge.feed));
    },
  };
}
