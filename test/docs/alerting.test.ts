// The page on channels: its example is a configuration that works, and its tables name what there is.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { CHANNEL_TYPES } from '../../src/alerts/channels/settings.ts';
import { CHECK_FLAGS } from '../../src/cli/flags.ts';
import { readConfig } from '../../src/config/file.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/alerting.md'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'oclog-alerting-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the example is whole, and right', async () => {
  const [, example = ''] = /```yaml\n(.*?)```/s.exec(page) ?? [];
  const secrets = Array.from(example.matchAll(/\$\{file:(\S+?)\}/g), ([, path = '']) => path);
  const env = Object.fromEntries(
    Array.from(example.matchAll(/\$\{env:(\S+?)\}/g), ([, name = '']) => [
      name,
      `https://env.example.com/${name}`,
    ]),
  );
  expect(secrets.length).toBeGreaterThan(3);
  const path = join(folder, 'config.yaml');
  let yaml = example;
  for (const [index, secret] of secrets.entries()) {
    const file = join(folder, `secret-${index}`);
    writeFileSync(file, `https://file.example.com/${index}\n`, { mode: 0o600 });
    yaml = yaml.replace(`\${file:${secret}}`, `\${file:${file}}`);
  }
  writeFileSync(path, yaml);
  const { alerts, given } = await readConfig(path, CHECK_FLAGS, (text) => text, env);
  expect(given).toEqual({ host: 'vna-fra-1', deadline: '50s' });
  expect(new Set(alerts?.channels.map(({ type }) => type))).toEqual(new Set(CHANNEL_TYPES));
  expect(alerts?.alerting.rules).toHaveProperty(['aws.access-denied']);
});

test('every type has its section', () => {
  const [, section = ''] = page.split('\n## Channels\n');
  for (const type of CHANNEL_TYPES) expect(section).toMatch(new RegExp(`^### .*\\b${type}\\b`, 'm'));
});
