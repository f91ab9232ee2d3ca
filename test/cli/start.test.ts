// What a start loads: every module costs a short scan time, and most runs need few.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { MAIN } from '../helpers/cli.ts';
import { cleanLog, recordAt } from '../helpers/vna-log.ts';

const dir = mkdtempSync(join(tmpdir(), 'oclog-start-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const HOOK = join(dir, 'hook.cjs');
const LOADED = join(dir, 'loaded.json');
const OUTPUT = join(dir, 'output');
writeFileSync(
  HOOK,
  `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(LOADED)}, JSON.stringify({
    files: Object.keys(require.cache), modules: process.moduleLoadList })));`,
);

interface Loaded {
  readonly output: string;
  /** Of the program, sorted. */
  readonly files: readonly string[];
  /** Of Node. */
  readonly modules: readonly string[];
}

function load(...args: readonly string[]): Loaded {
  const line = `"$0" --require "$1" "\${@:2}" > "${OUTPUT}"`;
  const { stderr } = spawnSync('bash', ['-c', line, process.execPath, HOOK, MAIN, ...args], {
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  const { files, modules } = JSON.parse(readFileSync(LOADED, 'utf8')) as Loaded;
  return {
    output: readFileSync(OUTPUT, 'utf8'),
    files: files
      .filter((file) => file !== HOOK)
      .map((file) => basename(file, '.js'))
      .sort(),
    modules: modules.map((name) => name.replace(/^NativeModule /, '')),
  };
}

function logOf(name: string, text: string): string {
  const path = join(dir, name);
  writeFileSync(path, text);
  return path;
}

const SHORT = '2026-11-21 09:15:00,000 INFO  [DNAC_PLUGIN] (t) one\ntwo\n';
const BAD_KEY =
  'The security token included in the request is invalid. (Service: AmazonEC2; Status Code: 403; Error Code: InvalidClientTokenId; Request ID: 1)';

function faultOf(text: string): string {
  return recordAt(new Date('2026-11-21T09:15:00.000Z'), 'ERROR', 'AWS_PLUGIN', 't', text);
}

const TO_PRINT = ['cli-commands-scan', 'cli-program', 'lib-errors', 'main'];
const DEAR = [
  'net',
  'stream',
  'tty',
  'perf_hooks',
  'fs/promises',
  'timers/promises',
  'crypto',
  'v8',
  'zlib',
  'worker_threads',
];

test('the version is told by one file', () => {
  const { output, files, modules } = load('--version');
  expect(output).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect(files).toEqual(['main']);
  expect(modules.filter((name) => DEAR.includes(name))).toEqual([]);
});

test.each([
  ['text', ['reports-text']],
  ['ndjson', []],
])('a scan of two lines, --format %s, loads what it needs', (format, report) => {
  const { output, files, modules } = load('scan', '--format', format, logOf('short.log', SHORT));
  expect(output).toMatch(/1 input, 56 B, 2 lines|"bytes":56,"lines":2,/);
  expect(files).toEqual([...TO_PRINT, 'records', ...report].sort());
  expect(modules.filter((name) => DEAR.includes(name))).toEqual([]);
  const sizes = files.map((name) => statSync(join(dirname(MAIN), `${name}.js`)).size);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(124 * 1024);
});

test('a longer log is searched, and a fault is judged, by what is loaded then', () => {
  const scan = (name: string, text: string) =>
    load('scan', '--format', 'ndjson', '--host', 'h', logOf(name, text));
  const long = scan('long.log', cleanLog({ seed: 1, lines: 2000, pace: 1 }));
  expect(long.files).toEqual([...TO_PRINT, 'search'].sort());
  const found = scan('fault.log', faultOf(BAD_KEY));
  expect(found.output).toContain('"code":"VNA1001"');
  expect(found.files).toEqual([...TO_PRINT, 'finding', 'records'].sort());
  // A heap is kept lean where there is more to come.
  expect(found.modules).not.toContain('v8');
  expect(scan('faults.log', faultOf(BAD_KEY).repeat(20)).modules).toContain('v8');
});

test('a log in JSON, a zone, a pattern and a file to write to each load what they need', () => {
  const object = JSON.stringify({
    timestamp: '2026-11-21T09:15:00.000',
    loggerName: 'DNAC_PLUGIN',
    level: 'INFO',
    message: 'm',
  });
  const plain = logOf('short.log', SHORT);
  const folder = join(dir, 'folder');
  mkdirSync(folder);
  writeFileSync(join(folder, 'oc.log'), SHORT);
  const more = (...args: readonly string[]) => {
    const { files } = load('scan', '--format', 'ndjson', ...args);
    return files.filter((name) => !TO_PRINT.includes(name));
  };
  expect(more(logOf('object.log', `${object}\n`))).toEqual(['json', 'records']);
  expect(more(logOf('objects.log', `${object}\n`.repeat(2000)))).toEqual(['json', 'search']);
  expect(more('--tz', 'Europe/Berlin', plain)).toEqual(['records', 'words']);
  expect(more(folder)).toEqual(['records']);
  expect(more(join(folder, '*.log'))).toEqual(expect.arrayContaining(['sources-glob-paths', 'tinyglobby']));
  expect(more('--output', join(dir, 'report'), plain)).toEqual(['file-output', 'records']);
});

test('the engine of regular expressions is loaded for what is asked of it, which most faults do not', () => {
  const ENGINE = ['re2js', 'regex'];
  const scan = (text: string, ...more: readonly string[]) =>
    load('scan', '--format', 'ndjson', ...more, logOf('fault.log', faultOf(text)));
  expect(scan(BAD_KEY, '--advice', 'full').files).not.toEqual(expect.arrayContaining(ENGINE));
  const refused =
    'com.amazonaws.SdkClientException: Unable to execute HTTP request: Connect to ec2.eu-west-1.amazonaws.com:443 failed: connect timed out';
  const told = scan(refused, '--advice', 'full');
  expect(told.output).toContain('"code":"VNA1009"');
  expect(told.files).toEqual(expect.arrayContaining(ENGINE));
  expect(scan(refused, '--advice', 'none').files).not.toEqual(expect.arrayContaining(ENGINE));
});

test("rules of a plain file are read without the library, and are the library's where something is wrong", () => {
  const rules = join(import.meta.dirname, '../../fixtures/rules/dnac-throttled.yaml');
  const scan = (path: string) =>
    load('scan', '--format', 'ndjson', '--rules', path, logOf('short.log', SHORT));
  const { output, files, modules } = scan(rules);
  expect(output).toContain('"lines":2,');
  // It holds an expression that is no plain text, which is checked.
  expect(files).toEqual([...TO_PRINT, 'literals', 're2js', 'records', 'regex', 'rules-load'].sort());
  expect(modules.filter((name) => DEAR.includes(name))).toEqual([]);
  expect(scan(logOf('odd.yaml', `--- # not plain\n${readFileSync(rules, 'utf8')}`)).files).toContain('yaml');
});

test('wordings are learnt where there are very many findings', () => {
  const clean = cleanLog({ seed: 1, lines: 2000, pace: 1 });
  const scan = (count: number) =>
    load('scan', '--format', 'ndjson', logOf('faults.log', clean + faultOf(BAD_KEY).repeat(count)));
  expect(scan(90).files).not.toContain('app-known-wordings');
  expect(scan(110).files).toContain('app-known-wordings');
});

test('what runs for months needs no file of ours later, but for what is shared and the packages', () => {
  const part = readFileSync(join(dirname(MAIN), 'cli-commands-tail.js'), 'utf8');
  const required = [...part.matchAll(/require\("\.\/([^"]+)\.js"\)/g)].map(([, name = '']) => name);
  expect(required).toContain('lib-errors');
  expect(
    required.filter((name) => !/^(packages\/.+|lib-errors|lib-secret|sources-damage)$/.test(name)),
  ).toEqual([]);
});
