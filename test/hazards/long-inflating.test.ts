// An archive that inflates to far more than was read of it keeps this thread busy without waiting for anything.
import { setImmediate } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { locateSources } from '../../src/sources/locate.ts';
import { DEFAULT_INFLATE_LIMITS } from '../../src/sources/source.ts';
import { zipOf } from '../helpers/archives.ts';
import { type TempFolder, tempFolder } from '../helpers/sources.ts';

let folder: TempFolder;
beforeEach(() => {
  folder = tempFolder();
});
afterEach(() => {
  jest.restoreAllMocks();
  folder.remove();
});

const data = Buffer.alloc(30 * 1024 ** 2, 'the same line over and over\n');
const packers = [
  ['gzip', () => gzipSync(data)],
  ['zip', () => zipOf([{ name: 'oc.log', data }])],
] as const;

/** The chunks of an archive, and the most of them between two turns of the event loop, as if each took so long. */
async function readBusily(packed: Buffer, chunkMs: number) {
  const path = folder.write('packed', packed);
  const chunks: Buffer[] = [];
  let [now, atTurn, atOnce, isOver] = [0, 0, 0, false];
  // What lib/ticks.ts asks.
  jest.spyOn(process, 'uptime').mockImplementation(() => now / 1000);
  const watch = async (): Promise<void> => {
    for (; !isOver; atTurn = chunks.length) await setImmediate();
  };
  const watching = watch();
  for await (const source of locateSources([path], DEFAULT_INFLATE_LIMITS, () => {})) {
    for await (const chunk of source.open()) {
      now += chunkMs;
      chunks.push(chunk);
      atOnce = Math.max(atOnce, chunks.length - atTurn);
    }
  }
  isOver = true;
  await watching;
  return { chunks, atOnce };
}

test.each(packers)('%s: signals have their turn every 50 ms', async (_, pack) => {
  expect((await readBusily(pack(), 25)).atOnce).toBeLessThanOrEqual(3);
});

test.each(packers)('%s: while there is time, nobody waits for a turn', async (_, pack) => {
  expect((await readBusily(pack(), 0)).atOnce).toBeGreaterThan(20);
});

// But for the first chunk, a copy by which it is told what the log is.
test.each(packers)('%s: all of it passes through the same memory', async (_, pack) => {
  const { chunks } = await readBusily(pack(), 0);
  expect(new Set(chunks.map(({ buffer }) => buffer)).size).toBe(2);
});
