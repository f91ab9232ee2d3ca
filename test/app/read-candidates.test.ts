// A part of a log whose look back is cut short: by a file that shrinks meanwhile.
import { expect, test } from '@jest/globals';
import { CandidateReader } from '../../src/app/read-candidates.ts';
import { searchFor } from '../../src/app/search-for.ts';
import { DEFAULT_RECORD_LIMITS } from '../../src/records/record.ts';
import type { Source } from '../../src/sources/source.ts';
import { builtInRules } from '../helpers/scan.ts';

const record = (text: string): string =>
  `2024-03-01 10:15:30,123 ERROR [AWS_PLUGIN] (default task-1) ${text}\n`;
const EARLIER = record('as arn:aws:sts::123456789012:assumed-role/a/b').repeat(400);
const FAULT = record('x (Service: AmazonEC2; Status Code: 403; Error Code: RequestExpired; Request ID: 1)');

/** `lost`: so many bytes are missing of what is peeked at before the segment. */
function logOf(bytes: Buffer, segmentAt: number, lost: number): Source {
  return {
    path: 'oc.log',
    modified: null,
    rereadable: true,
    open: async function* () {},
    blocks: async (from = 0) => {
      let at = from;
      const read = (target: Buffer): number => {
        const count = bytes.copy(target, 0, at);
        at += count;
        return count;
      };
      return {
        peek: (length) => bytes.subarray(from, from + length - (from < segmentAt ? lost : 0)),
        read,
        readAhead: () => undefined,
        nextAhead: async (target) => read(target),
        close: async () => undefined,
      };
    },
  };
}

test.each([0, 100, 5000])('%i bytes that are missing of what stands before a segment', async (lost) => {
  const bytes = Buffer.from(EARLIER + FAULT);
  const settings = {
    limits: DEFAULT_RECORD_LIMITS,
    search: searchFor(await builtInRules()),
    problems: [],
    signal: undefined,
    segment: { from: EARLIER.length, to: Number.POSITIVE_INFINITY },
  };
  const reader = new CandidateReader(logOf(bytes, EARLIER.length, lost), settings, { bytes: 0, lines: 0 });
  const found = [];
  for await (const batch of reader.batches())
    for (const one of batch) found.push([one.position.offset, reader.keyOf(one)?.kind]);
  expect(found).toEqual([[EARLIER.length, lost === 0 ? 'temporary' : undefined]]);
});
