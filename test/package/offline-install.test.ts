// The package for servers without internet: one file that holds all it needs.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, jest, test } from '@jest/globals';

jest.setTimeout(120_000);

const root = join(import.meta.dirname, '../..');
const dir = mkdtempSync(join(tmpdir(), 'oclog-package-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

test('needs no other package', () => {
  const { dependencies, optionalDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  expect([dependencies, optionalDependencies]).toEqual([undefined, undefined]);
});

test('passes on the licences of the packages in it', () => {
  const notices = readFileSync(join(root, 'dist/NOTICES.txt'), 'utf8');
  for (const name of ['chokidar', 'pino', 're2js', 'split2', 'yargs'])
    expect(notices).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(\\S+\\)$`, 'm'));
});

test('is installed without a network, and works', () => {
  const npm = (...words: readonly string[]): unknown =>
    // No cache either: nothing may come from anywhere else.
    execFileSync('npm', [...words, '--cache', join(dir, 'cache'), '--loglevel', 'error'], {
      cwd: root,
      stdio: 'pipe',
    });
  npm('pack', '--ignore-scripts', '--pack-destination', dir);
  const [file = ''] = readdirSync(dir).filter((name) => name.endsWith('.tgz'));
  npm('install', '--global', '--offline', '--prefix', join(dir, 'server'), join(dir, file));
  const oclog = (...words: readonly string[]): string =>
    execFileSync(join(dir, 'server/bin/oclog'), words, { cwd: dir, encoding: 'utf8' });
  expect(oclog('--version')).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect(oclog('explain', 'VNA1001')).toMatch(/^VNA1001 /);
  const demo = join(dir, 'server/lib/node_modules/oclog/fixtures/vna-server/log');
  expect(oclog('scan', '--fail-on', 'never', '--format', 'brief', demo)).toMatch(/^10 findings/m);
});
