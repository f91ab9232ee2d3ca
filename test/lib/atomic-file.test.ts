import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { AtomicFile } from '../../src/lib/atomic-file.ts';

const root = mkdtempSync(join(tmpdir(), 'oclog-atomic-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(root, 'case-'));
});

async function write(path: string, ...texts: readonly string[]): Promise<void> {
  const file = await AtomicFile.create(path);
  try {
    for (const text of texts) await file.write(text);
    await file.commit();
  } catch (error) {
    await file.discard();
    throw error;
  }
}

describe('AtomicFile', () => {
  test('appears whole when it is committed', async () => {
    const path = join(dir, 'report.html');
    const file = await AtomicFile.create(path);
    await file.write('one ');
    await file.write('two');
    expect(readdirSync(dir)).not.toContain('report.html');
    await file.commit();
    expect(readdirSync(dir)).toEqual(['report.html']);
    expect(readFileSync(path, 'utf8')).toBe('one two');
  });

  test('leaves what was there when it is discarded', async () => {
    const path = join(dir, 'report.html');
    writeFileSync(path, 'old');
    const file = await AtomicFile.create(path);
    await file.write('new');
    await file.discard();
    expect(readdirSync(dir)).toEqual(['report.html']);
    expect(readFileSync(path, 'utf8')).toBe('old');
  });

  test('keeps permissions and follows a link', async () => {
    const path = join(dir, 'real');
    writeFileSync(path, 'a longer text than the new one');
    chmodSync(path, 0o640);
    symlinkSync(path, join(dir, 'link'));
    await write(join(dir, 'link'), 'new');
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(statSync(path).mode & 0o777).toBe(0o640);
    expect(lstatSync(join(dir, 'link')).isSymbolicLink()).toBe(true);
  });

  test('makes the file that a link waits for', async () => {
    symlinkSync('later', join(dir, 'waiting'));
    await write(join(dir, 'waiting'), 'x');
    expect(lstatSync(join(dir, 'waiting')).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(dir, 'later'), 'utf8')).toBe('x');
  });

  test('leaves the system to say what a folder of the path leads to', async () => {
    mkdirSync(join(dir, 'far/away'), { recursive: true });
    symlinkSync('far/away', join(dir, 'near'));
    const path = `${dir}/near/../x`;
    const file = await AtomicFile.create(path);
    expect(readdirSync(dir).sort()).toEqual(['far', 'near']);
    await file.commit();
    expect(readdirSync(join(dir, 'far')).sort()).toEqual(['away', 'x']);
    symlinkSync('../later', join(dir, 'far/away/waiting'));
    await write(join(dir, 'near/waiting'), 'x');
    expect(readFileSync(join(dir, 'far/later'), 'utf8')).toBe('x');
  });

  test.each(['n'.repeat(255), '全'.repeat(85), '🔥'.repeat(63)])(
    'takes a name as long as the system does: %s',
    async (name) => {
      await write(join(dir, name), 'x');
      expect(readdirSync(dir)).toEqual([name]);
    },
  );

  test('writes to a device as it is', async () => {
    await write('/dev/null', 'x');
    await expect(write('/dev/full', 'x')).rejects.toMatchObject({ code: 'ENOSPC' });
  });

  test.each([
    ['a directory', 'EISDIR', () => mkdirSync(join(dir, 'x'))],
    ['a missing directory', 'ENOENT', () => undefined],
  ])('says why %s cannot be written', async (name, code, prepare) => {
    prepare();
    const path = name === 'a directory' ? join(dir, 'x') : join(dir, 'none', 'x');
    await expect(AtomicFile.create(path)).rejects.toMatchObject({ code });
  });
});
