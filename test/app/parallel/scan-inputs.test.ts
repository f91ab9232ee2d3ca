import { mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { scanInParallel } from '../../../src/app/parallel/scan-inputs.ts';
import { scan } from '../../../src/app/scan.ts';
import { type ScanOptions, settle } from '../../../src/app/settings.ts';
import { Tally } from '../../../src/app/tally.ts';
import { Tools } from '../../../src/app/tools.ts';
import type { ScanEvent } from '../../../src/findings/scan-event.ts';
import { compileRules } from '../../../src/rules/compile.ts';
import { locateInputs } from '../../../src/sources/locate.ts';
import type { Source } from '../../../src/sources/source.ts';
import { zipOf } from '../../helpers/archives.ts';
import { faultRecord } from '../../helpers/fault.ts';
import { anyLimits, anyLog, customRules } from '../../helpers/roads.ts';
import { builtInRules } from '../../helpers/scan.ts';
import { SEED } from '../../helpers/seed.ts';
import { cleanLog } from '../../helpers/vna-log.ts';

const folder = mkdtempSync(join(tmpdir(), 'oclog-jobs-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Everything but how long it took. */
async function eventsOf(paths: readonly string[], options: ScanOptions): Promise<readonly ScanEvent[]> {
  const events: ScanEvent[] = [];
  for await (const event of scan(paths, { host: 'h', ...options }))
    events.push(event.type === 'summary' ? { ...event, durationMs: 0 } : event);
  return events;
}

function openInFolder(): readonly string[] {
  return readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).startsWith(folder);
    } catch {
      return false;
    }
  });
}

/** More of it than the first thread can read before another one has started. */
function manyOf(log: Buffer): Buffer {
  return Buffer.concat(Array.from({ length: Math.ceil(200_000 / (log.length + 1)) }, () => log));
}

test('segments give what the whole gives, whatever the log, the rules and the places where it is cut', async () => {
  const path = join(folder, 'oc.log');
  const builtIn = await builtInRules();
  await fc.assert(
    fc.asyncProperty(
      anyLog,
      fc.option(customRules, { freq: 2 }),
      anyLimits,
      fc.constantFrom(500, 1700, 9000),
      fc.boolean(),
      fc.constantFrom(2, 3),
      async (log, custom, recordLimits, partSize, isLong, jobs) => {
        writeFileSync(path, isLong ? manyOf(log) : log);
        const rules = custom === null ? builtIn : await compileRules(custom);
        const options = { rules, recordLimits, advice: false, partSize };
        expect(await eventsOf([path], { ...options, jobs })).toEqual(await eventsOf([path], options));
      },
    ),
    { numRuns: 60, seed: SEED },
  );
}, 120_000);

function writeMember(path: string, log: Buffer, form: string): void {
  const packed = gzipSync(log);
  if (form === 'plain') writeFileSync(path, log);
  else if (form === 'gz') writeFileSync(`${path}.gz`, packed);
  else if (form === 'cut') writeFileSync(`${path}.gz`, packed.subarray(0, packed.length / 2));
  else {
    const parts = [
      { name: 'a.log', data: log },
      { name: 'b.log', data: log.subarray(9) },
    ];
    writeFileSync(`${path}.zip`, zipOf(parts));
  }
}

test('families give what they give one by one, archives and damage included', async () => {
  const builtIn = await builtInRules();
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(anyLog, fc.constantFrom('plain', 'gz', 'cut', 'zip')), {
        minLength: 2,
        maxLength: 8,
      }),
      fc.constantFrom(300, 5000),
      async (members, partSize) => {
        const family = mkdtempSync(join(folder, 'family-'));
        for (const [at, [log, form]] of members.entries())
          writeMember(join(family, at === 0 ? 'oc.log' : `oc.log.${at}`), log, form);
        const options = { rules: builtIn, advice: false, partSize };
        expect(await eventsOf([family], { ...options, jobs: 3 })).toEqual(await eventsOf([family], options));
      },
    ),
    { numRuns: 25, seed: SEED },
  );
}, 120_000);

describe('a large log', () => {
  const path = join(folder, 'large.log');
  const key = 'AKIAIOSFODNN7EXAMPLE';
  const rules = builtInRules();

  test('names the key that its thread used in an earlier segment', async () => {
    const quiet = cleanLog({ seed: 7, lines: 60 });
    const named = (number: number): string => faultRecord(number).replace('no account', key);
    // Of two threads each time, one of which has named a key before.
    const pair = (number: number): string =>
      named(number) + quiet + faultRecord(number) + quiet + faultRecord(number + 1_000_000);
    writeFileSync(path, Array.from({ length: 100 }, (_, at) => pair(at)).join(''));
    const options = { rules: await rules, advice: false, partSize: 3000 };
    const one = await eventsOf([path], options);
    const keys = one.flatMap((event) => (event.type === 'finding' ? [event.aws?.accessKey] : []));
    const masked = keys[0];
    expect(masked).toMatch(/^AKIA.*MPLE$/);
    expect(keys).toEqual(Array.from({ length: 300 }, (_, at) => (at % 3 === 2 ? null : masked)));
    expect(await eventsOf([path], { ...options, jobs: 3 })).toEqual(one);
  });

  test('is not cut at a record behind a mark, which is of the record before', async () => {
    writeFileSync(path, Array.from({ length: 3000 }, (_, at) => `\ufeff${faultRecord(at)}`).join(''));
    const options = { rules: await rules, advice: false, partSize: 10_000 };
    expect(await eventsOf([path], { ...options, jobs: 3 })).toEqual(await eventsOf([path], options));
  });

  test('leaves no descriptor open, also when nobody takes the rest', async () => {
    writeFileSync(path, Array.from({ length: 3000 }, (_, at) => faultRecord(at)).join(''));
    const options = { rules: await rules, advice: false, partSize: 10_000, jobs: 3 };
    expect(await eventsOf([path], options)).toHaveLength(3001);
    expect(openInFolder()).toEqual([]);
    for await (const event of scan([path], options)) {
      expect(event.type).toBe('finding');
      break;
    }
    expect(openInFolder()).toEqual([]);
  });

  test('starts no thread once nobody takes the rest, though a part comes to its end then', async () => {
    // The first part is read for a while behind its finding.
    const long = `${cleanLog({ seed: 7, lines: 1 })}${'\tat a.b.C\n'.repeat(200_000)}`;
    writeFileSync(path, faultRecord(1) + long + cleanLog({ seed: 7, lines: 2000 }));
    const options = { rules: await rules, advice: false, partSize: 5000, jobs: 3 };
    const ports = (): number =>
      process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length;
    const before = ports();
    for await (const event of scan([path], options)) {
      expect(event.type).toBe('finding');
      break;
    }
    expect(ports()).toBe(before);
  });
});

/** Standard input, in pieces that come while other inputs are read. */
function slowSource(bytes: Buffer, length: number): Source {
  return {
    path: '-',
    modified: null,
    rereadable: false,
    async *open() {
      for (let at = 0; at < bytes.length; at += length) {
        for (let turns = 0; turns < 5; turns += 1) await setImmediate();
        yield bytes.subarray(at, at + length);
      }
    },
  };
}

test('what only the first thread can read is not mixed with what it reads meanwhile', async () => {
  const path = join(folder, 'beside.log');
  writeFileSync(path, `${cleanLog({ seed: 3, lines: 50, pace: 5 })}${faultRecord(1)}`.repeat(200));
  const inInput = Array.from({ length: 40 }, (_, number) => faultRecord(number));
  const settings = settle({ rules: await builtInRules(), host: 'h', jobs: 2, partSize: 20_000 });
  const input = {
    sources: [slowSource(Buffer.from(inInput.join('')), 700)],
    ...{ file: null, packed: false, kept: [0], work: 0, workBehind: 1e9 },
  };
  const tally = new Tally('standard');
  const others = locateInputs([path], settings.inflateLimits, () => undefined);
  const texts: string[] = [];
  for await (const event of scanInParallel(input, others, settings, tally, new Tools(settings)))
    if (event.type === 'finding' && event.source.path === '-') texts.push(event.record.text);
  expect(texts).toEqual(inInput.map((record) => record.trimEnd()));
});
