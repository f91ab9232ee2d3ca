// `oclog tail` behind a real logrotate: what is reported is what a scan of all that is left finds.
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { type Child, startOclog } from '../helpers/child.ts';
import { objectsIn, runCli } from '../helpers/cli.ts';
import { faultRecord, plainRecord, requestsIn } from '../helpers/fault.ts';

jest.setTimeout(60_000);

const page = readFileSync(join(import.meta.dirname, '../../docs/service.md'), 'utf8');

let dir: string;
let log: string;
let oclog: Child;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'oclog-logrotate-'));
  chmodSync(dir, 0o755);
  mkdirSync(join(dir, 'log'));
  log = join(dir, 'log/oc.log');
  writeFileSync(log, plainRecord(0));
  oclog = startOclog([
    'tail',
    '--format',
    'ndjson',
    '--host',
    'h',
    '--idle-flush',
    '100ms',
    join(dir, 'log'),
  ]);
  await oclog.until('stdout', /"following"/);
});

afterEach(() => {
  oclog.process.kill('SIGKILL');
  rmSync(dir, { recursive: true, force: true });
});

/** What docs/service.md proposes, but for its user. */
function proposed(): readonly string[] {
  const [, body = ''] = /^```logrotate\n[^\n]* \{\n(.*?)^\}\n```$/ms.exec(page) ?? [];
  return body
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => !/^su |^$/.test(line));
}

function rotate(...settings: readonly string[]): void {
  const path = join(dir, 'logrotate.conf');
  writeFileSync(path, `${log} {\nrotate 9\n${settings.join('\n')}\n}\n`, { mode: 0o644 });
  const words = ['--force', '--state', join(dir, 'state'), path];
  const { status, stderr } = spawnSync('logrotate', words, { encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
}

const reports = (number: number): Promise<void> =>
  oclog.until('stdout', new RegExp(`${String(number).padStart(12, '0')}[^\\n]*\\n`));

function placesIn(ndjson: string): unknown[] {
  const findings = objectsIn(ndjson).filter(({ type }) => type === 'finding');
  return findings
    .map(({ code, id, source }) => ({ code, id, place: source }) as Record<string, Record<string, unknown>>)
    .map(({ code, id, place }) => `${code} ${id} ${place?.['line']} ${place?.['offset']}`)
    .sort();
}

async function end(): Promise<string> {
  oclog.process.kill('SIGTERM');
  expect(await oclog.ended()).toBe(0);
  expect(oclog.said.stdout).not.toContain('"gap"');
  return oclog.said.stdout;
}

test.each([
  { settings: proposed(), names: /^oc\.log\.(1|[23]\.gz)$/ },
  { settings: ['create'], names: /^oc\.log\.\d$/ },
  { settings: ['create', 'compress'], names: /^oc\.log\.\d\.gz$/ },
  { settings: ['create', 'compress', 'delaycompress'], names: /^oc\.log\.(1|[23]\.gz)$/ },
  { settings: ['create', 'dateext', 'dateformat -%Y%m%d-%s'], names: /^oc\.log-\d{8}-\d+$/, rounds: 1 },
  { settings: ['copytruncate'], names: /^oc\.log\.\d$/ },
  { settings: ['copytruncate', 'compress'], names: /^oc\.log\.\d\.gz$/ },
  { settings: ['copytruncate', 'compress', 'delaycompress'], names: /^oc\.log\.(1|[23]\.gz)$/ },
  { settings: ['copytruncate', 'compress', 'compresscmd /usr/bin/xz', 'compressext .xz'], names: /\.xz$/ },
])('$settings', async ({ settings, names, rounds = 3 }) => {
  for (let round = 0; round < rounds; round += 1) {
    appendFileSync(log, faultRecord(3 * round + 1) + plainRecord(round));
    await reports(3 * round + 1);
    // Nobody waits for this one to be read before the log is rotated.
    appendFileSync(log, faultRecord(3 * round + 2));
    rotate(...settings);
    appendFileSync(log, plainRecord(round) + faultRecord(3 * round + 3));
    await reports(3 * round + 3);
  }
  const reported = await end();
  expect(requestsIn(reported)).toEqual(Array.from({ length: 3 * rounds }, (_, index) => index + 1));
  const archives = readdirSync(join(dir, 'log')).filter((name) => name !== 'oc.log');
  expect(archives.filter((name) => !names.test(name))).toEqual([]);
  expect(archives).toHaveLength(rounds);
  const { stdout } = runCli(['scan', '--format', 'ndjson', '--host', 'h', join(dir, 'log')]);
  expect(placesIn(reported)).toEqual(placesIn(stdout));
});

test.each([{ settings: ['create'] }, { settings: ['create', 'compress'] }])(
  'a writer that goes on in the file that was rotated: $settings',
  async ({ settings }) => {
    const writer = openSync(log, 'a');
    try {
      writeSync(writer, faultRecord(1));
      rotate(...settings);
      writeSync(writer, faultRecord(2));
      await reports(2);
      writeSync(writer, faultRecord(3));
      await reports(3);
    } finally {
      closeSync(writer);
    }
    expect(requestsIn(await end())).toEqual([1, 2, 3]);
  },
);
