import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const root = join(import.meta.dirname, '..');
const page = readFileSync(join(root, 'docs/architecture.md'), 'utf8');

/** Files of `src` by path relative to it, with what they import. */
const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => {
    const text = readFileSync(join(root, 'src', path), 'utf8');
    const imports = Array.from(text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g), ([, from = '']) => from);
    return { path, text, imports, lines: text.split('\n').length - 1 };
  });

function roomOf(path: string): string {
  return path.includes('/') ? (path.split('/')[0] ?? '') : 'top';
}

/** The table of the page: room -> rooms it may import. */
function allowedImports(): ReadonlyMap<string, readonly string[]> {
  const [, section = ''] = page.split('## Who may import whom');
  const [table = ''] = section.split('`sources`, `rules`');
  return new Map(
    Array.from(table.matchAll(/^\| (?!room)([a-z]+) \| ?([a-z, ]*)\|$/gm), ([, room = '', list = '']) => [
      room,
      list.split(',').map((name) => name.trim()),
    ]),
  );
}

describe('the rooms of src', () => {
  const allowed = allowedImports();

  test('are those of the page', () => {
    const rooms = new Set(files.map(({ path }) => roomOf(path)));
    rooms.delete('top');
    expect([...rooms].sort()).toEqual([...allowed.keys()].sort());
  });

  test.each(files.filter(({ path }) => roomOf(path) !== 'top'))(
    '$path imports what its room may',
    ({ path, imports }) => {
      const room = roomOf(path);
      const reached = imports
        .filter((from) => from.startsWith('.'))
        .map((from) => roomOf(join(path, '..', from)))
        .filter((other) => other !== room && !allowed.get(room)?.includes(other));
      expect(reached).toEqual([]);
    },
  );

  test.each([
    ['yargs', 'cli/command-line.ts'],
    ['pino', 'lib/log.ts'],
    ['split2', 'records/split.ts'],
    ['yauzl', 'sources/zip-listing.ts'],
    ['re2js', 'rules/regex.ts'],
    ['tinyglobby', 'sources/glob-paths.ts'],
    ['ora', 'cli/spinner.ts'],
    ['chokidar', 'sources/follow/watch.ts'],
    ['undici', 'alerts/channels/http.ts'],
    ['nodemailer', 'alerts/channels/mail.ts'],
  ])('%s is imported by %s alone', (name, importer) => {
    expect(files.filter(({ imports }) => imports.includes(name)).map(({ path }) => path)).toEqual([importer]);
  });
});

describe('the files of src', () => {
  test('are small: half under 90 lines, nine in ten under 220', () => {
    const sizes = files.map(({ lines }) => lines).sort((a, b) => a - b);
    expect(sizes[Math.floor(sizes.length / 2)]).toBeLessThanOrEqual(90);
    expect(sizes[Math.floor(sizes.length * 0.9)]).toBeLessThanOrEqual(220);
    expect(files.filter(({ lines }) => lines > 300).map(({ path }) => path)).toEqual([]);
  });

  test.each(files)('$path opens with its role and has no default export, enum or any', ({ text }) => {
    expect(text.replace(/^#!.*\n/, '')).toMatch(/^\/\/ \S/);
    expect(text.replace(/^\s*(?:\/\/|\/?\*).*$/gm, '')).not.toMatch(
      /^export default|^(?:export )?(?:const )?enum |: any\b|<any>|as any\b/m,
    );
  });
});
