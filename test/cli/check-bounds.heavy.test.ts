// Floods: whatever a log holds, a check's memory, its state, what it prints and what it sends stay small, and it says what
// it held back.
import { spawnSync } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, jest, test } from '@jest/globals';
import { MAIN } from '../helpers/cli.ts';
import { recordAt } from '../helpers/vna-log.ts';

jest.setTimeout(1_800_000);

const root = mkdtempSync(join(tmpdir(), 'oclog-bounds-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const MIB = 1024 ** 2;
/** Of the whole process, on a machine where an idle Node takes 45. */
const MOST_MIB = 200;
const SMALL = 400 * 1024;

const hook = join(root, 'hook.cjs');
writeFileSync(
  hook,
  `process.on('exit', () => require('node:fs').writeSync(3, String(process.resourceUsage().maxRSS)));`,
);

interface Checked {
  readonly status: number | null;
  readonly stdout: string;
  /** Peak resident size in MiB. */
  readonly peak: number;
  readonly seconds: number;
}

class Place {
  readonly root = mkdtempSync(join(root, 'place-'));
  readonly log = join(this.root, 'oc.log');
  readonly states = join(this.root, 'state');
  readonly #told = join(this.root, 'told');

  constructor() {
    const run = ['/bin/sh', '-c', 'cat >> "$0"', this.#told];
    const config = { channels: { program: { type: 'command', run } } };
    writeFileSync(join(this.root, 'config.yaml'), JSON.stringify(config));
    writeFileSync(this.#told, '');
  }

  check(...more: readonly string[]): Checked {
    const words = ['--state-dir', this.states, '--config', join(this.root, 'config.yaml'), '--host', 'h'];
    const spans = ['--lookback', '9999d', '--record-timeout', '0s'];
    const begun = performance.now();
    const { status, stdout, output } = spawnSync(
      process.execPath,
      ['--require', hook, MAIN, 'check', this.log, ...words, ...spans, ...more],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit', 'pipe'], maxBuffer: 64 * MIB },
    );
    return {
      status,
      stdout,
      peak: Number(output[3]) / 1024,
      seconds: (performance.now() - begun) / 1000,
    };
  }

  get stateSize(): number {
    return Math.max(...readdirSync(this.states).map((name) => statSync(join(this.states, name)).size));
  }

  get notices(): readonly {
    readonly omitted: number;
    readonly incidents: readonly { readonly code: string; readonly count: number }[];
  }[] {
    return readFileSync(this.#told, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as never);
  }
}

function faultAt(index: number, ms: number, service: string): string {
  const text = `Failed: com.amazonaws.AmazonServiceException: The security token included in the request is invalid. (Service: ${service}; Status Code: 403; Error Code: InvalidClientTokenId; Request ID: ${index})`;
  return recordAt(new Date(Date.UTC(2026, 0, 1) + ms), 'ERROR', 'AWS_PLUGIN', `pool-${index % 7}`, text);
}

test('two hundred hits in a second are one notice', () => {
  const place = new Place();
  writeFileSync(place.log, Array.from({ length: 200 }, (_, at) => faultAt(at, at * 5, 'AmazonEC2')).join(''));
  const { status, peak } = place.check();
  expect([status, place.notices.map(({ incidents }) => incidents.map(({ count }) => count))]).toEqual([
    2,
    [[200]],
  ]);
  expect(peak).toBeLessThan(MOST_MIB);
});

test('ten thousand faults', () => {
  const place = new Place();
  writeFileSync(
    place.log,
    Array.from({ length: 10_000 }, (_, at) => faultAt(at, at, `AmazonSvc${at.toString(36)}`)).join(''),
  );
  for (let run = 0; run < 3; run += 1) {
    const { status, stdout, peak } = place.check();
    expect([run, status]).toEqual([run, 2]);
    expect(stdout.length).toBeLessThan(8192);
    expect([peak < MOST_MIB, place.stateSize < SMALL]).toEqual([true, true]);
  }
  const { notices } = place;
  expect(notices.length).toBeLessThanOrEqual(20);
  // Each is told of, listed, left out of a list, or counted.
  const told = notices.flatMap(({ incidents, omitted }) => [...incidents.map(({ count }) => count), omitted]);
  expect(told.reduce((sum, count) => sum + count, 0)).toBe(10_000);
});

test('a directory of a thousand states, and as many notices that wait', () => {
  const place = new Place();
  writeFileSync(place.log, faultAt(1, 1, 'AmazonEC2'));
  place.check();
  const [state = ''] = readdirSync(place.states).filter((name) => name.endsWith('.json'));
  const text = readFileSync(join(place.states, state), 'utf8');
  for (let index = 0; index < 1000; index += 1) {
    const other = state.replace(/[0-9a-f]{16}\.json$/, `${index.toString(16).padStart(16, '0')}.json`);
    writeFileSync(join(place.states, other), text, { mode: 0o600 });
    for (const folder of ['outbox', 'dead']) {
      mkdirSync(join(place.states, folder), { recursive: true });
      const name = `${index.toString(16).padStart(16, '0')}.gone.json`;
      writeFileSync(join(place.states, folder, name), 'x'.repeat(20_000), { mode: 0o600 });
    }
  }
  writeFileSync(
    place.log,
    faultAt(1, 1, 'AmazonEC2') +
      faultAt(2, 2, 'AmazonRDS').replace('InvalidClientTokenId', 'SignatureDoesNotMatch'),
  );
  const { status, peak, seconds, stdout } = place.check();
  expect([status, stdout.includes('(1 new')]).toEqual([2, true]);
  expect(place.notices).toHaveLength(2);
  expect([peak < MOST_MIB, seconds < 60]).toEqual([true, true]);
});

test('256 MiB of nothing but findings in one check', () => {
  const place = new Place();
  const file = openSync(place.log, 'w');
  let count = 0;
  for (let size = 0; size < 256 * MIB; ) {
    const block = Array.from({ length: 1000 }, (_, at) =>
      faultAt(count + at, (count + at) * 20, 'AmazonEC2'),
    ).join('');
    writeSync(file, block);
    count += 1000;
    size += block.length;
  }
  closeSync(file);
  const { status, stdout, peak, seconds } = place.check();
  process.stderr.write(`256 MiB of ${count} findings: ${seconds.toFixed(0)} s, ${peak.toFixed(0)} MiB\n`);
  expect(status).toBe(2);
  expect(stdout).toContain(`findings=${count};`);
  expect([peak < MOST_MIB, place.stateSize < SMALL, place.notices.length]).toEqual([true, true, 1]);
});
