// The sources that one file holds: itself if it is plain, its content if it is packed, each member of a zip.

import type { LogFile } from './file.ts';
import { FORMAT_HEAD, type Format, recogniseFormat } from './format.ts';
import { type ArchiveGauge, createGauge } from './gauge.ts';
import { inflatedSource } from './inflated-source.ts';
import { readAhead } from './read-ahead.ts';
import type { InflateLimits, Source } from './source.ts';
import { type StreamFormat, unpackStream } from './unpack.ts';

interface FileSources {
  readonly sources: readonly Source[];
  readonly packed: boolean;
  /** To be called when they are read in earnest: what was only looked at counts towards no limit. */
  readonly restart: () => void;
}

async function formatOf(file: LogFile): Promise<Format> {
  const blocks = await file.blocks(0, FORMAT_HEAD);
  try {
    return recogniseFormat(blocks.peek(FORMAT_HEAD));
  } finally {
    await blocks.close();
  }
}

export async function fileSources(file: LogFile, limits: InflateLimits): Promise<FileSources> {
  const format = await formatOf(file);
  if (format === 'plain') return { sources: [plainSource(file)], packed: false, restart: () => undefined };
  const archive = createGauge(limits);
  const sources =
    format === 'zip' ? await membersOf(file, limits, archive) : [streamSource(file, format, archive)];
  return { sources, packed: true, restart: archive.restart };
}

function plainSource(file: LogFile): Source {
  const { path, modified, blocks } = file;
  return { path, modified, rereadable: true, open: () => file.read(), blocks };
}

function streamSource(file: LogFile, format: StreamFormat, archive: ArchiveGauge): Source {
  return inflatedSource(file, file.path, archive, (feed) =>
    unpackStream(file.path, format, { open: () => feed(readAhead(file.read())), rereadable: true }),
  );
}

async function membersOf(
  file: LogFile,
  limits: InflateLimits,
  archive: ArchiveGauge,
): Promise<readonly Source[]> {
  // Loaded here: most inputs are no zips.
  const { zipSources } = await import('./zip-sources.ts');
  return await zipSources(file, limits, archive);
}
