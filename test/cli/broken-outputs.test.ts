// Every format, and every command, with an output that goes away, is full, is closed, or may not be written.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { FORMATS } from '../../src/reports/report.ts';
import { MAIN } from '../helpers/cli.ts';

const dir = mkdtempSync(join(tmpdir(), 'oclog-outputs-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const LOG = join(import.meta.dirname, '../../fixtures/vna-server/log');
const COMMANDS: readonly string[] = [
  ...FORMATS.map((format) => `scan --format ${format} "${LOG}"`),
  'explain',
  'explain VNA1001',
  'rules list',
  'rules show VNA1001',
  'completion bash',
  '--help',
  '--version',
];

interface Ran {
  readonly status: number | null;
  readonly stderr: string;
  readonly stdout: string;
}

/** A shell line in which `oclog` is the built program; its status is that of oclog. */
function shell(line: string, prefix: readonly string[] = []): Ran {
  const script = `oclog() { "${process.execPath}" "${MAIN}" "$@"; }; ${line}; exit "\${PIPESTATUS[0]}"`;
  const [program = 'bash', ...words] = [...prefix, 'bash', '-c', script];
  return spawnSync(program, words, { encoding: 'utf8', maxBuffer: 64 * 1024 ** 2 });
}

/** Root may write anything, unless it lays down the capability to. */
const AS_EVERYONE = process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-dac_override'] : [];

describe.each(COMMANDS)('oclog %s', (command) => {
  test('into a pipe whose reader leaves', () => {
    const { status, stderr, stdout } = shell(`oclog ${command} | head -1`);
    expect([stderr, stdout.split('\n').length]).toEqual(['', 2]);
    // A report of less than what a pipe holds was written before the reader left.
    expect([0, 1]).toContain(status);
  });

  test('onto a full device', () => {
    const { status, stderr } = shell(`oclog ${command} > /dev/full`);
    expect(stderr).toBe(
      'oclog: standard output could not be written: ENOSPC: no space left on device, write\n',
    );
    expect(status).toBe(4);
  });

  test('with standard output or error closed', () => {
    expect([0, 1]).toContain(shell(`oclog ${command} >&-`).status);
    expect(shell(`oclog ${command} 2>&-`).stdout).not.toBe('');
  });
});

test.each(['/dev/stdout', '/dev/fd/1', '/proc/self/fd/1', '-'])('--output %s is standard output', (path) => {
  const scan = `oclog scan --format brief --output ${path} "${LOG}"`;
  expect(shell(`${scan} | cat`)).toMatchObject({
    status: 1,
    stderr: '',
    stdout: expect.stringContaining('10 findings'),
  });
  const kept = join(dir, 'kept');
  shell(`echo kept > "${kept}"; ${scan} >> "${kept}"`);
  expect(readFileSync(kept, 'utf8')).toMatch(/^kept\n2026-[\s\S]*10 findings .*\n$/);
});

test('a named pipe takes the report, if somebody reads it', () => {
  const pipe = join(dir, 'pipe');
  spawnSync('mkfifo', [pipe]);
  const scan = `oclog scan --format brief --output "${pipe}" "${LOG}"`;
  expect(shell(scan)).toMatchObject({
    status: 4,
    stderr: `oclog: ${pipe} could not be written: is a pipe that nobody reads\n`,
  });
  expect(shell(`cat "${pipe}" & ${scan}; wait`).stdout).toContain('10 findings');
});

describe.each(FORMATS)('scan --format %s', (format) => {
  test('into a read-only file leaves it as it was, and nothing beside it', () => {
    const report = join(dir, `${format}.out`);
    writeFileSync(report, 'as it was');
    chmodSync(report, 0o444);
    const { status, stderr } = shell(
      `oclog scan --format ${format} --output "${report}" "${LOG}"`,
      AS_EVERYONE,
    );
    expect(stderr).toBe(
      `oclog: ${report} could not be written: permission denied, for it or in ${dir}; name a file that you may write\n`,
    );
    expect(status).toBe(4);
    expect(readFileSync(report, 'utf8')).toBe('as it was');
    expect(readdirSync(dir).filter((name) => name.includes(`.${format}.out`))).toEqual([]);
  });
});
