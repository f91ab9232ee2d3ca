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

test('holds every dependency', () => {
  const { dependencies, bundleDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  expect(bundleDependencies).toEqual(Object.keys(dependencies));
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
