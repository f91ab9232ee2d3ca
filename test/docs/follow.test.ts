import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const page = read('docs/follow.md');
const rows = Array.from(page.matchAll(/^\| ([FS]\d+) \| .* \| `([^`]+)` \|/gm), ([, id = '', path = '']) => ({
  id,
  path,
}));

test.each(rows)('$id is tested where the page says', ({ id, path }) => {
  expect(read(path)).toMatch(new RegExp(`\\b${id}\\b`));
});

test('every case and scenario has a place', () => {
  const named = new Set(
    Array.from(page.matchAll(/\b([FS])(\d+)(?:-[FS](\d+))?/g)).flatMap(([, kind, from, to = from]) =>
      Array.from({ length: Number(to) - Number(from) + 1 }, (_, at) => `${kind}${Number(from) + at}`),
    ),
  );
  const all = [
    ...Array.from({ length: 16 }, (_, at) => `F${at + 1}`),
    ...Array.from({ length: 103 }, (_, at) => `S${at + 1}`),
  ];
  expect(all.filter((id) => !named.has(id))).toEqual([]);
});
