// Runs every row of docs/bad-input.md: what is said, the exit status, and what is reported all the same.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from '@jest/globals';
import { zipOf } from '../helpers/archives.ts';
import { MAIN, objectsIn, type Ran, runCli } from '../helpers/cli.ts';
import { cleanLog, recordAt } from '../helpers/vna-log.ts';

const dir = mkdtempSync(join(tmpdir(), 'oclog-bad-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const FAULT = recordAt(
  new Date('2024-03-01T10:15:30.123Z'),
  'ERROR',
  'AWS_PLUGIN',
  'default task-1',
  'Failed: com.amazonaws.AmazonServiceException: AWS was not able to validate the provided access credentials (Service: AmazonEC2; Status Code: 401; Error Code: AuthFailure; Request ID: x)',
);
const file = (name: string, content: string | Buffer): string => {
  const path = join(dir, name);
  writeFileSync(path, content);
  return path;
};
const good = file('good.log', FAULT);
const long = Buffer.from(FAULT + cleanLog({ seed: 1, lines: 2000 }));
const packed = gzipSync(long);
const corrupt = Buffer.from(packed);
corrupt.fill(0x55, packed.length - 2000, packed.length - 1900);

/** What is scanned, in the order of the page. `beside`: with a good log given after it. */
const beside = (path: string, ...options: readonly string[]): readonly string[] => [...options, path, good];
const INPUTS: Readonly<Record<string, () => readonly string[]>> = {
  'missing file': () => beside(join(dir, 'none.log')),
  // What Node makes of such a name.
  'name that is not UTF-8': () => beside(join(dir, '\ufffd.log')),
  'missing directory part': () => beside(join(good, 'oc.log')),
  'directory without a log': () => {
    mkdirSync(join(dir, 'empty'));
    return beside(join(dir, 'empty'));
  },
  'directory above the log': () => {
    mkdirSync(join(dir, 'server/log'), { recursive: true });
    writeFileSync(join(dir, 'server/log/oc.log'), FAULT);
    return beside(join(dir, 'server'));
  },
  'glob without match': () => beside(join(dir, '*.nothing')),
  'named pipe': () => {
    spawnSync('mkfifo', [join(dir, 'pipe')]);
    return beside(join(dir, 'pipe'));
  },
  device: () => beside('/dev/zero'),
  'link to itself': () => {
    symlinkSync(join(dir, 'loop'), join(dir, 'loop'));
    return beside(join(dir, 'loop'));
  },
  'truncated gzip': () => [file('truncated.gz', packed.subarray(0, packed.length >> 1))],
  'corrupt gzip': () => [file('corrupt.gz', corrupt)],
  'zip without its directory': () => [
    file('half.zip', zipOf([{ name: 'oc.log', data: long }], { directory: false }).subarray(0, 3000)),
  ],
  'encrypted zip': () => beside(file('secret.zip', zipOf([{ name: 'oc.log', data: long, encrypted: true }]))),
  'zip bomb': () => [
    file(
      'bomb.zip',
      zipOf([{ name: 'oc.log', data: Buffer.concat([Buffer.from(FAULT), Buffer.alloc(64 * 1024 ** 2)]) }]),
    ),
  ],
  'archive over the size limit': () => ['--max-inflated', '64k', file('large.gz', packed)],
  'zstd without the program': () => beside(file('x.zst', Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0, 0, 0]))),
  'no oc.log at all': () => beside(file('letter.txt', 'Dear\nall\n')),
};

const RULE = 'schema: 1\nid: my.rule\ncode: MY0001\ntitle: x\nseverity: info\nconfidense: likely\n';
const OPTIONS: Readonly<Record<string, () => readonly string[]>> = {
  'no command': () => [],
  'mistyped command': () => ['scna', good],
  'mistyped option': () => ['scan', '--formt', 'json', good],
  'option without value': () => ['scan', good, '--format'],
  'value for a switch': () => ['scan', '--quiet=banana', good],
  'option given twice': () => ['scan', '--format', 'json', '--format', 'ndjson', good],
  'mistyped choice': () => ['scan', '--min-severity', 'criticl', good],
  'no time': () => ['scan', '--since', 'yesterday', good],
  'no such day': () => ['scan', '--until', '2024-02-30', good],
  'span the wrong way round': () => ['scan', '--since', '1h', '--until', '2h', good],
  'no such zone': () => ['scan', '--tz', 'Europe/Berln', good],
  'no size': () => ['scan', '--max-record', 'big', good],
  'no count': () => ['scan', '--max-ratio', '0', good],
  'no host name': () => ['scan', '--host', 'a b', good],
  'output onto a log': () => ['scan', '--output', good, dir, good],
  'output without a name': () => ['scan', '--output', '', good],
  'empty code': () => ['explain', ''],
  'two standard inputs': () => ['explain', '-', '-'],
  'empty path': () => ['scan', ''],
  'no path, no VNA': () => ['scan'],
  'missing rule file': () => ['scan', '--rules', join(dir, 'none.yaml'), good],
  'broken rule file': () => ['scan', '--rules', file('broken.yaml', RULE), good],
  'missing configuration': () => ['scan', '--config', join(dir, 'none.yaml'), good],
  'mistyped configuration': () => ['scan', '--config', file('config.yaml', 'min-severty: info\n'), good],
};

const OUTPUTS: Readonly<Record<string, string>> = {
  'output in no directory': join(dir, 'none', 'report'),
  'output to a directory': dir,
  'output to a full device': '/dev/full',
};

interface Row {
  readonly name: string;
  readonly message: string;
  readonly status: number;
  readonly reported: string;
}

const page = readFileSync(join(import.meta.dirname, '../../docs/bad-input.md'), 'utf8');
const rows: readonly Row[] = Array.from(
  page.matchAll(/^\| ([^|]+?) \| (`+)(.+?)\2 \| (\d+) \| ([^|]+?) \|$/gm),
  ([, name = '', , message = '', status, reported = '']) => ({
    name,
    message: message.replaceAll('DIR', dir).replaceAll('\\|', '|'),
    status: Number(status),
    reported,
  }),
);

function expectRow({ message, status, reported }: Row, ran: Ran): void {
  expect(ran.stderr).toContain(message);
  expect(ran.stderr).not.toMatch(/^\s+at /m);
  expect(ran.status).toBe(status);
  if (reported === 'nothing') expect(ran.stdout).toBe('');
  else expect(objectsIn(ran.stdout).filter(({ type }) => type === 'finding')).toHaveLength(1);
}

describe('bad input', () => {
  test('has a row for each kind, and a kind for each row', () => {
    expect(rows.map(({ name }) => name)).toEqual([
      ...Object.keys(INPUTS),
      ...Object.keys(OPTIONS),
      'full disk',
      ...Object.keys(OUTPUTS),
    ]);
  });

  test.each(rows.filter(({ name }) => name in INPUTS))('$name', (row) => {
    const args = INPUTS[row.name]?.() ?? [];
    const env = row.name === 'zstd without the program' ? { PATH: '/nonexistent' } : {};
    const ran = runCli(['scan', '--format', 'ndjson', '--advice', 'none', ...args], { env });
    expectRow(row, ran);
    expect(ran.stderr.trimEnd().split('\n')).toHaveLength(1);
    const objects = objectsIn(ran.stdout);
    expect(objects.filter(({ type }) => type === 'error')).toHaveLength(row.status === 3 ? 1 : 0);
  });

  test.each(rows.filter(({ name }) => name in OPTIONS))('$name', (row) => {
    expectRow(row, runCli(OPTIONS[row.name]?.() ?? []));
  });

  test.each(rows.filter(({ name }) => name in OUTPUTS))('$name', (row) => {
    expectRow(row, runCli(['scan', '--output', OUTPUTS[row.name] ?? '', good]));
  });

  test('full disk', () => {
    const row = rows.find(({ name }) => name === 'full disk');
    const { status, stderr } = spawnSync(
      'sh',
      ['-c', `"${process.execPath}" "${MAIN}" scan "${good}" > /dev/full`],
      {
        encoding: 'utf8',
      },
    );
    if (row !== undefined) expectRow(row, { status, stdout: '', stderr });
  });
});
