// Runs what the README shows: its console blocks, its shell blocks, its library example; and compares its list of
// options with the table they are made from.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { CHECK_FLAGS, SCAN_FLAGS, TAIL_FLAGS } from '../../src/cli/flags.ts';
import type { Flag } from '../../src/config/flag.ts';
import { MAIN } from '../helpers/cli.ts';

const root = join(import.meta.dirname, '../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const dir = mkdtempSync(join(tmpdir(), 'oclog-readme-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function blocks(language: string): string[] {
  return Array.from(
    readme.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms')),
    ([, body = '']) => body,
  );
}

/** `…` stands for any text within a line, alone on a line for any number of lines. */
function patternOf(expected: string): RegExp {
  const lines = expected
    .trimEnd()
    .split('\n')
    .map((line) => {
      if (line === '…') return '(?:.*\\n)*?';
      return `${line
        .split('…')
        .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
        .join('.*')}\\n`;
    });
  return new RegExp(`^${lines.join('')}`);
}

function bash(command: string, cwd = root): { readonly output: string; readonly status: number | null } {
  const script = `oclog() { "${process.execPath}" "${MAIN}" "$@"; }; { ${command}\n} 2>&1`;
  const { stdout, status } = spawnSync('bash', ['-c', script], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 ** 2,
  });
  return { output: stdout, status };
}

describe('the README', () => {
  test.each(
    blocks('console').map((block) => {
      const [first = '', ...rest] = block.split('\n');
      return [first.replace(/^\$ /, ''), rest.join('\n')] as const;
    }),
  )('shows what this prints: %s', (command, expected) => {
    expect(bash(command).output).toMatch(patternOf(expected));
  });

  test('shows a library example that prints what it says', () => {
    const [program = ''] = blocks('js');
    const [expected = ''] = blocks('text');
    mkdirSync(join(dir, 'node_modules'), { recursive: true });
    symlinkSync(root, join(dir, 'node_modules', 'oclog'));
    writeFileSync(join(dir, 'example.mjs'), program);
    expect(execFileSync(process.execPath, [join(dir, 'example.mjs')], { cwd: root, encoding: 'utf8' })).toBe(
      expected,
    );
  });

  test('shows scans that work', () => {
    const scans = blocks('sh').find((block) => block.startsWith('oclog scan  ')) ?? '';
    const log = join(root, 'fixtures/vna-server/log');
    mkdirSync(join(dir, 'case-4711/a'), { recursive: true });
    symlinkSync(join(log, 'oc.log'), join(dir, 'case-4711/a/oc.log'));
    symlinkSync(join(log, 'oc.log'), join(dir, 'oc.log'));
    for (const line of scans.trim().split('\n')) {
      const command = line
        .replace(/#.*$/, '')
        .replaceAll('/opt/CA/VNA/wildfly/standalone/log', log)
        .replace('ssh vna ', '');
      // Where VNA is not installed, its own directory cannot be scanned.
      const isDefault = command.trim() === 'oclog scan';
      const { output, status } = bash(command, dir);
      if (isDefault) expect([0, 1, 2]).toContain(status);
      else {
        expect([0, 1]).toContain(status);
        expect(output).toMatch(/^scanned: +[1-9]/m);
      }
    }
  });

  test('shows a mail of what was found, and none where nothing was', () => {
    const line = blocks('sh').find((block) => block.includes('mail -s')) ?? '';
    const mailed = (path: string): string => {
      const command = line.replace('oclog scan --since 24h', `oclog scan ${path}`);
      return bash(`mail() { cat; }; ${command}`).output;
    };
    expect(mailed('fixtures/vna-server/log')).toMatch(/^CRITICAL VNA1001 [\s\S]*^result: /m);
    expect(mailed('fixtures/vna-server/log/oc.log.2026-11-20')).toBe('');
  });

  test('shows ways to follow that work', () => {
    const ways = blocks('sh').find((block) => block.startsWith('oclog tail')) ?? '';
    const log = join(root, 'fixtures/vna-server/log');
    mkdirSync(join(dir, 'follow'));
    symlinkSync(join(log, 'oc.log'), join(dir, 'follow/oc.log'));
    for (const line of ways.trim().split('\n')) {
      // Each is followed until it says that it is.
      const command = line
        .replace(/#.*$/, '')
        .replace('| jq -r .code', '')
        .replaceAll(/\/logs\/vna[12]/g, log)
        .replace(/^oclog tail *( --[^/]*)?$/, (all) => `${all.trimEnd()} ${log}`);
      const program = command.replace('oclog', `exec "${process.execPath}" "${MAIN}"`);
      const { output } = bash(
        `exec 3< <(${program} 2>&1); grep -m1 following <&3; kill -INT $!; wait $!`,
        join(dir, 'follow'),
      );
      expect([line, output]).toEqual([line, expect.stringContaining('following')]);
    }
  });

  test('shows npm start as it is, twice', () => {
    for (let time = 0; time < 2; time += 1) {
      const { stdout, status } = spawnSync('npm', ['start', '--silent'], {
        cwd: root,
        encoding: 'utf8',
        env: { ...process.env, npm_config_loglevel: 'silent' },
      });
      expect(status).toBe(0);
      expect(stdout).toMatch(/^CRITICAL VNA1001 AWS does not recognise/);
    }
  });

  test('lists every option as the program does', () => {
    const listed = Array.from(
      readme.matchAll(/^\| `--([a-z-]+)(?: ([^`]+))?` \| (.+) \|$/gm),
      ([, name, value, help]) => [name, value?.replaceAll('\\|', '|'), help],
    );
    const shared = new Set<Flag>(Object.values(SCAN_FLAGS));
    const ofTail = Object.entries<Flag>(TAIL_FLAGS).filter(([, flag]) => !shared.has(flag));
    const ofCheck = Object.entries<Flag>(CHECK_FLAGS).filter(([, flag]) => !shared.has(flag));
    const known = [...Object.entries<Flag>(SCAN_FLAGS), ...ofTail, ...ofCheck].map(
      ([name, { choices, value, help }]) => [name, choices?.join('|') ?? value, help],
    );
    expect(listed).toEqual(known);
  });

  test('links to files that exist', () => {
    for (const [, path = ''] of readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g))
      expect([path, existsSync(join(root, path))]).toEqual([path, true]);
  });
});
