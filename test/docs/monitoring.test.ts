// The page that sets checks up names every file that is shipped for it, every alert, and every variable of Icinga's.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { PACKAGING } from '../helpers/shipped.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/monitoring.md'), 'utf8');
const read = (name: string): string => readFileSync(join(PACKAGING, name), 'utf8');
const namesIn = (text: string, pattern: RegExp): string[] =>
  Array.from(text.matchAll(pattern), ([, name = '']) => name);

test.each(
  readdirSync(PACKAGING, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('oclog-tail'))
    .map(({ name }) => name),
)('names %s', (name) => {
  const [stem = '', ...kinds] = name.split(/(?=\.(?:timer|service)$)/);
  for (const part of [stem, ...kinds]) expect(page).toContain(part);
});

test('its table of alerts is that of the rules, with the same spans', () => {
  const rules = read('prometheus/oclog.rules.yml')
    .split('- alert: ')
    .slice(1)
    .map((rule) => [
      /^\w+/.exec(rule)?.[0],
      /^ +for: (\d+\w)$/m.exec(rule)?.[1]?.replace('m', ' min').replace('h', ' h') ?? 'at once',
    ]);
  const table = Array.from(page.matchAll(/^\| `(Oclog\w+)` \| ([^|]+) \|/gm), ([, name, span]) => [
    name,
    span,
  ]);
  expect(table).toEqual(rules);
});

test("names Icinga's variables", () => {
  const defined = namesIn(read('icinga2/oclog.conf'), /"\$(oclog_\w+)\$"/g);
  const given = ['oclog_state_dir', 'oclog_deadline'];
  for (const name of defined.filter((one) => !given.includes(one))) expect(page).toContain(name);
});
