// The configuration that is shipped as an example: as it is, and with everything in it that is commented out.
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { CHANNEL_TYPES } from '../../src/alerts/channels/settings.ts';
import { CALM, CheckMachine } from '../helpers/check-cli.ts';
import { PACKAGING } from '../helpers/shipped.ts';

const example = readFileSync(join(PACKAGING, 'config.yaml'), 'utf8');
const inUse = example.replace(/^# ?(?!#)/gm, '');

test('says nothing as it is', () => {
  expect(example.split('\n').filter((line) => line !== '' && !line.startsWith('#'))).toEqual([]);
});

test('is accepted by a check with everything in it', () => {
  const machine = new CheckMachine();
  machine.write(CALM);
  const secrets = inUse.replaceAll(/\$\{file:\/etc\/oclog\/([\w-]+)\}/g, (_, name: string) => {
    const path = join(machine.root, name);
    writeFileSync(path, name.endsWith('url') ? 'https://hooks.example.com/x\n' : 'made-up\n');
    chmodSync(path, 0o600);
    return `\${file:${path}}`;
  });
  const config = join(machine.root, 'config.yaml');
  writeFileSync(config, secrets);
  machine.env['OCLOG_ALERTMANAGER_TOKEN'] = 'made-up';
  const { status, stdout } = machine.check('--config', config);
  expect(stdout).toMatch(/^OCLOG OK /);
  expect(status).toBe(0);
  const bad = secrets.replace('type: mail', 'type: mial');
  writeFileSync(config, bad);
  expect(machine.check('--config', config).stdout).toMatch(/^OCLOG UNKNOWN .*`mial`/);
});

test('shows every kind of channel', () => {
  for (const type of CHANNEL_TYPES) expect(inUse).toMatch(new RegExp(`^ {4}type: ${type}$`, 'm'));
});
