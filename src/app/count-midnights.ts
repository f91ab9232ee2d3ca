// Where the midnights of a log are that prints no dates: all of it is read for that.
import { MidnightMap } from '../records/midnights.ts';
import type { RecordLimits } from '../records/record.ts';
import type { Source } from '../sources/source.ts';
import { readRecords } from './read-records.ts';

export async function countMidnights(source: Source, limits: RecordLimits): Promise<MidnightMap> {
  const midnights = new MidnightMap();
  for await (const batch of readRecords(source, limits, { bytes: 0, lines: 0 }, [])) {
    for (const record of batch) midnights.observe(record);
  }
  return midnights;
}
