import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { AtomicFile } from '../../src/lib/atomic-file.ts';
import { removeOld } from '../../src/lib/remove-old.ts';

const root = mkdtempSync(join(tmpdir(), 'oclog-old-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const HOUR = 3_600_000;

function write(folder: string, name: string, ageMs: number): void {
  const time = new Date(Date.now() - ageMs);
  writeFileSync(join(folder, name), '');
  utimesSync(join(folder, name), time, time);
}

test('what was last changed long ago goes, whichever way the clock was set since; the rest stays', async () => {
  const folder = mkdtempSync(join(root, 'a-'));
  write(folder, 'old.tmp', 2 * HOUR);
  write(folder, 'to come.tmp', -2 * HOUR);
  write(folder, 'new.tmp', 0);
  write(folder, 'other', 9 * HOUR);
  await removeOld(folder, (name) => name.endsWith('.tmp'));
  expect(readdirSync(folder).sort()).toEqual(['new.tmp', 'other']);
  await removeOld(join(folder, 'nowhere'), () => true);
});

test('a file that is written whole takes away what killed writers of it left', async () => {
  const folder = mkdtempSync(join(root, 'b-'));
  write(folder, '.a.prom.0123456789ab.tmp', 2 * HOUR);
  write(folder, '.a.prom.ba9876543210.tmp', 0);
  write(folder, '.b.prom.0123456789ab.tmp', 2 * HOUR);
  const file = await AtomicFile.create(join(folder, 'a.prom'));
  await file.write('x');
  await file.commit();
  expect(readdirSync(folder).sort()).toEqual([
    '.a.prom.ba9876543210.tmp',
    '.b.prom.0123456789ab.tmp',
    'a.prom',
  ]);
});
