// Laws that hold for any input; the ordinary suite tries them a little, the heavy one at length.
import { expect } from '@jest/globals';
import fc from 'fast-check';
import { scanSources } from '../../src/app/scan-sources.ts';
import { settle } from '../../src/app/settings.ts';
import { Tally } from '../../src/app/tally.ts';
import type { Finding } from '../../src/findings/finding.ts';
import type { Source } from '../../src/sources/source.ts';
import { CORPUS } from './corpus.ts';
import { chunksOf } from './records.ts';
import { builtInRules } from './scan.ts';
import { cleanLog } from './vna-log.ts';

const EVENT = {
  timestamp: '2024-03-01T10:15:30.5Z',
  loggerName: 'AWS_PLUGIN',
  level: 'ERROR',
  message:
    'Failed: com.amazonaws.AmazonServiceException: no (Service: AmazonEC2; Status Code: 401; Error Code: AuthFailure)',
  threadName: 'default task-1',
};

/** Pieces of which any log, and much that is none, can be made. */
const piece = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...CORPUS).map(({ lines }) => `${lines.join('\n')}\n`) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 1e6 }).map((seed) => cleanLog({ seed, lines: 4 })) },
  { weight: 1, arbitrary: fc.constantFrom(0, 2).map((indent) => `${JSON.stringify(EVENT, null, indent)}\n`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '\n',
      '\r\n',
      '\0\0\0',
      '\ufeff',
      '{\n',
      '}\n',
      '\x1b[31m',
      ' \n',
      '\t\n',
      'ASIAIOSFODNN7EXAMPLE ',
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
);

const anyLog = fc
  .tuple(fc.array(piece, { maxLength: 12 }), fc.uint8Array({ maxLength: 20 }), fc.constantFrom('\n', '\r\n'))
  .map(([pieces, noise, lineEnd]) =>
    Buffer.concat([Buffer.from(pieces.join('').replaceAll('\n', lineEnd)), Buffer.from(noise)]),
  );

async function findingsOf(
  bytes: Buffer,
  cuts: readonly number[],
  small: boolean,
): Promise<readonly Finding[]> {
  const source: Source = {
    path: 'oc.log',
    modified: new Date('2024-03-02T12:00:00Z'),
    rereadable: true,
    open: () => chunksOf(bytes, cuts),
  };
  const settings = settle({
    rules: await builtInRules(),
    host: 'h',
    advice: false,
    ...(small ? { recordLimits: { maxBytes: 1024, maxLines: 8 } } : {}),
  });
  const findings: Finding[] = [];
  for await (const finding of scanSources([source], settings, new Tally('standard'))) {
    if (finding.type === 'finding') findings.push(finding);
  }
  return findings;
}

/** However the bytes arrive, the findings are the same; and each points at the header of a record. */
export async function checkChunking(numRuns: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(
      anyLog,
      fc.array(fc.nat(), { maxLength: 30 }),
      fc.boolean(),
      async (bytes, cuts, small) => {
        const whole = await findingsOf(bytes, [], small);
        const within = cuts.map((cut) => cut % (bytes.length + 1));
        expect(await findingsOf(bytes, within, small)).toEqual(whole);
        for (const { source } of whole) {
          const head = bytes.toString('latin1', source.offset, source.offset + 80);
          expect(head).toMatch(/^(?:\x1b\[31m)*(?:\d{4}-\d\d-\d\d[ T]|(?:ERROR|WARN) +\[|\{)/);
          const lineFeeds = bytes.subarray(0, source.offset).filter((byte) => byte === 0x0a).length;
          expect(source.line).toBe(lineFeeds + 1);
          expect(source.endLine).toBeGreaterThanOrEqual(source.line);
          expect(source.offset + source.bytes).toBeLessThanOrEqual(bytes.length);
        }
      },
    ),
    { numRuns },
  );
}
