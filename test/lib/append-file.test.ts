import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { appendLines } from '../../src/lib/append-file.ts';

const dir = mkdtempSync(join(tmpdir(), 'oclog-append-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

test('lines are added, also to a file that was moved away meanwhile', async () => {
  const path = join(dir, 'a');
  await appendLines(path, 'one\n');
  await appendLines(path, 'two\n');
  renameSync(path, `${path}.1`);
  await appendLines(path, 'three\n');
  expect(readFileSync(`${path}.1`, 'utf8')).toBe('one\ntwo\n');
  expect(readFileSync(path, 'utf8')).toBe('three\n');
});

test('what a killed writer left does not become the beginning of a line', async () => {
  const path = join(dir, 'torn');
  writeFileSync(path, 'whole\nto');
  await appendLines(path, 'new\n');
  expect(readFileSync(path, 'utf8')).toBe('whole\nto\nnew\n');
});

test('nothing to add makes the file and tells whether it can be written', async () => {
  await appendLines(join(dir, 'empty'), '');
  expect(readFileSync(join(dir, 'empty'), 'utf8')).toBe('');
  mkdirSync(join(dir, 'folder'));
  await expect(appendLines(join(dir, 'folder'), '')).rejects.toThrow('EISDIR');
  await expect(appendLines('/dev/null', '')).rejects.toThrow('is no regular file');
});
