import { spawnSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { keepHeapLean } from '../../src/lib/lean-heap.ts';

function flagsOf(version: string): readonly string[] {
  const flags: string[] = [];
  keepHeapLean(version, (flag) => flags.push(flag));
  return flags;
}

test('sets flags of V8 where it is one that has them, and none where that is not known', () => {
  for (const known of ['11.3.244.8-node.38', '12.4.254.21-node.33', '13.6.233.10-node.28', '14.1.146.11'])
    expect(flagsOf(known)).toEqual(['--semi-space-growth-factor=1', '--heap-growing-percent=50']);
  for (const other of ['10.2.154.26', '15.0.1', '', 'none']) expect(flagsOf(other)).toEqual([]);
});

test('the V8 at hand has them', () => {
  const { stdout } = spawnSync(process.execPath, ['--v8-options'], { encoding: 'utf8' });
  for (const flag of flagsOf(process.versions.v8)) expect(stdout).toContain(`${flag.split('=')[0]} (`);
});
