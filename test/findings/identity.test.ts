import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { occurrenceIdFrom, occurrenceIdOf, occurrenceIdPrefix } from '../../src/findings/identity.ts';
import { MAIN, objectsIn } from '../helpers/cli.ts';
import { faultRecord } from '../helpers/fault.ts';

test.each([1, 4000, 40_000])('an id from its text is that of a host of %i letters', (length) => {
  const host = 'hö"'.repeat(length).slice(0, length);
  const line = '2024-03-01 10:00:00,000 ERROR [AWS_PLUGIN] (t) no';
  const text = Buffer.concat([occurrenceIdPrefix(host), Buffer.from(`${line}",77]`)]);
  expect(occurrenceIdFrom(text)).toBe(occurrenceIdOf(host, line, 77));
});

test('an occurrence has the same id however many were named before', () => {
  const idOf = (offset: number): string =>
    occurrenceIdOf('host', '10:00:00,000 ERROR [AWS_PLUGIN] (t) no', offset);
  const first = idOf(5);
  expect(first).toMatch(/^[0-9a-f]{16}$/);
  const ids = new Set(Array.from({ length: 1000 }, (_, offset) => idOf(offset)));
  expect(ids.size).toBe(1000);
  expect(idOf(5)).toBe(first);
});

test('it has that id where an upgrade took the file of the short digest away', () => {
  const folder = mkdtempSync(join(tmpdir(), 'oclog-identity-'));
  try {
    const log = join(folder, 'oc.log');
    writeFileSync(log, faultRecord(1));
    const idBy = (program: string): unknown => {
      const words = [program, 'scan', '--format', 'ndjson', '--advice', 'none', '--host', 'vna1', log];
      const { stdout } = spawnSync(process.execPath, words, { encoding: 'utf8' });
      return objectsIn(stdout).find(({ type }) => type === 'finding')?.['id'];
    };
    cpSync(dirname(MAIN), join(folder, 'dist'), { recursive: true });
    rmSync(join(folder, 'dist', 'sha256.wasm'));
    const id = idBy(MAIN);
    expect(id).toMatch(/^[0-9a-f]{16}$/);
    expect(idBy(join(folder, 'dist', 'main.js'))).toBe(id);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
