// Words of the command line, and of files that it names, come back in messages: on one line, and without a secret, also
// where a message shows no more than a part of them.
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { MAIN, runCli } from '../helpers/cli.ts';

const dir = mkdtempSync(join(tmpdir(), 'oclog-words-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzKEYsecre';
const LOG = join(import.meta.dirname, '../../fixtures/vna-server/log/oc.log');

/** A part of the secret that nobody should be shown. */
const PART = /wJalr|XUtnF|K7MDENG|bPxRf|secre\b/;

function file(content: string): string {
  const path = join(dir, 'words.yaml');
  writeFileSync(path, content);
  return path;
}

test.each(Array.from({ length: 8 }, (_, index) => 8 * index))(
  'explain shows no part of a secret behind %d letters',
  (before) => {
    const { status, stderr } = runCli(['explain', `${'x y '.repeat(before / 4)}${SECRET}`]);
    expect([status, stderr]).toEqual([
      2,
      expect.stringMatching(/^oclog: unknown code `.*`; see oclog rules list\n$/),
    ]);
    expect(stderr).not.toMatch(PART);
  },
);

describe.each(['--rules', '--config'])('%s', (option) => {
  test.each([
    [
      'cut in two by the end of the excerpt',
      `{schema: 1, ${'a: b, '.repeat(15)} zz: ${SECRET}, confidense: x}`,
    ],
    [
      'cut off from its name',
      `{schema: 1, z: "${'pad '.repeat(20)} password: hunter2 ${'pad '.repeat(7)}", confidense: x}`,
    ],
    ['in a word that is quoted', `{schema: 1, "${'z '.repeat(20)}${SECRET}": x}`],
    [
      'in a value that is quoted',
      `{schema: 1, severity: "${'z '.repeat(20)}${SECRET}", format: "${'z '.repeat(20)}${SECRET}"}`,
    ],
  ])('shows no part of a secret %s', (_case, content) => {
    const { status, stderr } = runCli(['scan', option, file(content), LOG]);
    expect([status, stderr]).toEqual([2, expect.stringMatching(/^error: [\s\S]* --> .*words\.yaml:1:\d+\n/)]);
    expect(stderr).not.toMatch(PART);
    expect(stderr).not.toContain('hunter2');
  });
});

test.each([
  ['--host', 'a\noclog: all is well'],
  ['--since', 'a\r\noclog: all is well'],
  ['--format', 'a\u2028oclog: all is well'],
  ['--output', 'none/\noclog: all is well'],
])('%s %j is answered in one line', (option, value) => {
  const { stderr, stdout } = runCli(['scan', option, value, LOG]);
  expect(stderr).toMatch(/^oclog: [^\n\u2028]*oclog: all is well[^\n\u2028]*\n$/);
  expect(stdout).toBe('');
});

test.each(['--rules', '--config'])('%s names a file of two lines in one', (option) => {
  const { stderr } = runCli(['scan', option, 'a\noclog: all is well', LOG]);
  expect(stderr.trimEnd().split('\n')).toHaveLength(2);
});

test.each([
  ['scan', '--quiet=banana'],
  ['tail', '--from-start=1'],
  ['tail', '--confirm=yes'],
])('%s %s: an option that is on or off takes nothing else', (command, option) => {
  const name = option.split('=')[0];
  // A path that is none: what took the option for good would end there.
  expect(runCli([command, option, '/dev/null'])).toEqual({
    status: 2,
    stdout: '',
    stderr: `oclog: ${name} takes no value; leave it out to turn it off\n`,
  });
});

test('--quiet=false, and a value behind --, are as they were', () => {
  expect(runCli(['scan', '--quiet=false', '--', '--quiet=x']).stderr).toContain('--quiet=x: no such file');
  expect(runCli(['scan', '--quiet=true', '--', '--quiet=x']).stderr).toBe('');
});

test.each([
  ['explain', ''],
  ['rules', 'show', ''],
])('%s %s with an empty CODE says what may be wrong', (...words) => {
  expect(runCli(words)).toMatchObject({
    status: 2,
    stderr: 'oclog: an empty CODE; is a shell variable not set?\n',
  });
});

test.each([
  ['scan', 3, 'oclog: -: is a directory; name a file\n'],
  ['explain', 3, 'oclog: standard input could not be read: is a directory\n'],
])('%s - from a directory is no empty text', (command, expected, message) => {
  const descriptor = openSync(dir, 'r');
  const { status, stderr } = spawnSync(process.execPath, [MAIN, command, '-'], {
    stdio: [descriptor, 'pipe', 'pipe'],
    encoding: 'utf8',
  });
  closeSync(descriptor);
  expect([status, stderr]).toEqual([expected, message]);
});
