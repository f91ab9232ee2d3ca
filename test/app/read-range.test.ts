import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { RangeReader } from '../../src/app/read-range.ts';
import { searchFor } from '../../src/app/search-for.ts';
import type { KeyEvidence } from '../../src/aws/aws-error.ts';
import { compileRules } from '../../src/rules/compile.ts';
import { openFile } from '../../src/sources/file.ts';
import { anyLimits, anyLog, anySizes, customRules } from '../helpers/roads.ts';

const folder = mkdtempSync(join(tmpdir(), 'oclog-range-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the parts of a file hold each record once, with the lines of all parts before it', async () => {
  const path = join(folder, 'oc.log');
  await fc.assert(
    fc.asyncProperty(
      anyLog,
      customRules,
      fc.array(fc.nat(), { maxLength: 6 }),
      anySizes,
      anyLimits,
      async (bytes, custom, cuts, sizes, limits) => {
        writeFileSync(path, bytes);
        const rules = await compileRules(custom);
        const search = searchFor(rules, sizes);
        const file = await openFile(path);
        const places = cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b);
        const found = async (edges: readonly number[]): Promise<readonly object[]> => {
          const records: object[] = [];
          let lines = 0;
          let read = 0;
          for (const [at, from] of edges.slice(0, -1).entries()) {
            const range = { from, to: edges[at + 1] ?? 0 };
            const settings = { limits, search, problems: [], signal: undefined };
            const reader = new RangeReader((start, end) => file.blocks(start, end), range, settings);
            for await (const batch of reader.batches()) {
              for (const record of batch) {
                const { line, endLine, ...position } = record.position;
                const key: KeyEvidence | null = reader.keyOf(record);
                records.push({
                  ...{ ...position, line: line + lines, endLine: endLine + lines, key },
                  ...{ header: record.header, raw: record.raw, truncated: record.truncated },
                });
              }
            }
            lines += reader.lines;
            read += reader.bytes;
          }
          return [...records, { lines, read }];
        };
        const end = Number.POSITIVE_INFINITY;
        expect(await found([0, ...places, end])).toEqual(await found([0, end]));
        await file.release();
      },
    ),
    { numRuns: 150 },
  );
}, 60_000);
