import {
  chmodSync,
  linkSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { encode } from '../../src/state/document.ts';
import { StateStore } from '../../src/state/store.ts';

interface Body {
  readonly count: number;
}

const parse = (body: unknown): Body | null =>
  typeof body === 'object' && body !== null && 'count' in body && typeof body.count === 'number'
    ? { count: body.count }
    : null;

let folder: string;
let store: StateStore<Body>;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oclog-state-'));
  store = new StateStore(join(folder, 'log.json'), parse);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function write(...counts: readonly number[]): Promise<void> {
  for (const count of counts) await (await store.prepare({ count })).commit();
}

test('is nothing at first', async () => {
  expect(await store.read()).toEqual({ body: null, problem: null });
});

test('is what was written last, for its owner alone', async () => {
  await write(1, 2, 3);
  expect(await store.read()).toEqual({ body: { count: 3 }, problem: null });
  expect(readdirSync(folder).sort()).toEqual(['log.json', 'log.json.previous']);
  for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
});

test('is as it was until it is committed, and when it is not', async () => {
  await write(1);
  const prepared = await store.prepare({ count: 2 });
  expect((await store.read()).body).toEqual({ count: 1 });
  await prepared.discard();
  expect(readdirSync(folder)).toEqual(['log.json']);
});

test('is the one before it, with a word, whatever byte of it is cut off or changed', async () => {
  await write(1, 2);
  const whole = readFileSync(store.path);
  // Its last byte is the end of the line, which says nothing.
  for (let at = 0; at < whole.length - 1; at += 1) {
    writeFileSync(store.path, whole);
    truncateSync(store.path, at);
    expect(await store.read()).toEqual({ body: { count: 1 }, problem: expect.stringContaining('log.json') });
    const changed = Buffer.from(whole);
    changed[at] = (changed[at] ?? 0) ^ 1;
    writeFileSync(store.path, changed);
    const { body, problem } = await store.read();
    expect([body, problem]).toEqual([{ count: 1 }, expect.any(String)]);
  }
});

test.each([
  ['empty', ''],
  ['no JSON', 'hello'],
  ['a list', '[]'],
  ['of another schema', encode({ count: 1 }).replace('"schema":1', '"schema":0')],
  ['with another checksum', encode({ count: 1 }).replace('"count":1', '"count":2')],
  ['of another shape', encode({ number: 1 })],
])('that is %s and alone is refused, with what to do', async (_name, text) => {
  writeFileSync(store.path, text, { mode: 0o600 });
  await expect(store.read()).rejects.toMatchObject({ hint: expect.stringContaining('--reset') });
  await store.remove();
  expect((await store.read()).body).toBeNull();
});

test('of a newer oclog is refused by name, though there is an earlier one', async () => {
  await write(1, 2);
  writeFileSync(store.path, encode({ count: 3 }).replace('"schema":1', '"schema":2'));
  await expect(store.read()).rejects.toThrow('was written by a newer oclog (schema 2)');
});

test('that is a link, a directory, or may be written by others is refused', async () => {
  await write(1);
  linkSync(store.path, join(folder, 'else'));
  rmSync(store.path);
  symlinkSync('else', store.path);
  await expect(store.read()).rejects.toThrow('symbolic link');
  rmSync(store.path);
  writeFileSync(store.path, encode({ count: 1 }));
  chmodSync(store.path, 0o666);
  await expect(store.read()).rejects.toThrow('may be written by others');
});

test('that is far too large is not even read', async () => {
  writeFileSync(store.path, '', { mode: 0o600 });
  truncateSync(store.path, 1024 ** 3);
  await expect(store.read()).rejects.toThrow('is too large');
});

test('what a killed run left behind is removed', async () => {
  await write(1);
  await store.prepare({ count: 2 });
  expect(readdirSync(folder)).toHaveLength(2);
  await store.tidy();
  expect(readdirSync(folder)).toEqual(['log.json']);
});
