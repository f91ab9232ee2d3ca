import { spawnSync } from 'node:child_process';
import { closeSync, fstatSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { prioritised } from '../../src/cli/journal.ts';
import { MAIN } from '../helpers/cli.ts';
import { faultRecord } from '../helpers/fault.ts';

const dir = mkdtempSync(join(tmpdir(), 'oclog-journal-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** What a tail writes to a stream that systemd calls the journal's, or another one. */
function linesFor(isJournal: boolean, format: string): string[] {
  const path = join(dir, 'journal');
  const fd = openSync(path, 'w');
  const { dev, ino } = fstatSync(fd);
  spawnSync(process.execPath, [MAIN, 'tail', '-', '--format', format], {
    input: faultRecord(1),
    stdio: ['pipe', fd, 'ignore'],
    env: { PATH: process.env['PATH'], JOURNAL_STREAM: `${dev}:${isJournal ? ino : ino + 1}` },
  });
  closeSync(fd);
  return readFileSync(path, 'utf8').split('\n').filter(Boolean);
}

test.each(['text', 'brief', 'ndjson'])('every line of %s has the priority of its finding', (format) => {
  const lines = linesFor(true, format);
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.filter((line) => !line.startsWith('<2>'))).toEqual([]);
});

test('elsewhere lines are as they are', () => {
  expect(linesFor(false, 'brief')).toEqual([expect.stringMatching(/^2026/)]);
});

test('an empty line stays empty', () => {
  expect(prioritised('a\n\nb\n', 4)).toBe('<4>a\n\n<4>b\n');
});
