// The clock of one input: what its name, its last change and its midnights tell of records that print no date.
import { parseArchiveName } from '../sources/family.ts';
import type { Source } from '../sources/source.ts';
import { countMidnights } from './count-midnights.ts';
import { LogClock } from './log-time.ts';
import type { ScanSettings } from './settings.ts';

type ClockSettings = Pick<ScanSettings, 'zone' | 'recordLimits'>;

/** One for a source, however many segments of it are read: what it has counted need not be counted again. */
const clocks = new WeakMap<Source, LogClock>();

export function clockFor(source: Source, settings: ClockSettings): LogClock {
  const clock = clocks.get(source) ?? newClock(source, settings);
  clocks.set(source, clock);
  return clock;
}

function newClock(source: Source, { zone, recordLimits }: ClockSettings): LogClock {
  const [archive = ''] = source.path.split('!');
  return new LogClock(zone, {
    nameDate: parseArchiveName(archive.slice(archive.lastIndexOf('/') + 1))?.date ?? null,
    modified: source.modified,
    countMidnights: source.rereadable ? () => countMidnights(source, recordLimits) : null,
  });
}
