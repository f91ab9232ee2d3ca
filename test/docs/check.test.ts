import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const page = read('docs/check.md');
const rows = Array.from(page.matchAll(/^\| ([CS]\d+) \| .* \| `([^`]+)` \|/gm), ([, id = '', path = '']) => ({
  id,
  path,
}));

test.each(rows)('$id is tested where the page says', ({ id, path }) => {
  expect(read(path)).toMatch(new RegExp(`\\b${id}\\b`));
});

test('every case of cron, and every scenario that follow.md leaves to it, has a place', () => {
  const named = new Set(rows.map(({ id }) => id));
  const left = /^\| (S32, [^|]*) \| what is remembered/m.exec(read('docs/follow.md'))?.[1] ?? '';
  const scenarios = [...left.matchAll(/S(\d+)(?:-S(\d+))?/g)].flatMap(([, from, to = from]) =>
    Array.from({ length: Number(to) - Number(from) + 1 }, (_, at) => `S${Number(from) + at}`),
  );
  const cases = Array.from({ length: 29 }, (_, at) => `C${at + 1}`);
  expect(scenarios.length).toBeGreaterThan(30);
  expect([...cases, ...scenarios].filter((id) => !named.has(id))).toEqual([]);
});
