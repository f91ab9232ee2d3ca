import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { openStateDirectory, stateNameOf } from '../../src/state/directory.ts';
import { stateDirectory } from '../../src/state/place.ts';

describe('the state directory', () => {
  test.each([
    ['what is named', '/named', { OCLOG_STATE_DIR: '/by-env' }, true, '/named'],
    ['that of the environment', undefined, { OCLOG_STATE_DIR: '/by-env' }, true, '/by-env'],
    ["root's", undefined, { XDG_STATE_HOME: '/xdg' }, true, '/var/lib/oclog'],
    ["the user's", undefined, { XDG_STATE_HOME: '/xdg' }, false, '/xdg/oclog'],
    [
      'not a relative one',
      undefined,
      { XDG_STATE_HOME: 'xdg' },
      false,
      join(homedir(), '.local/state/oclog'),
    ],
    ['the usual one', undefined, {}, false, join(homedir(), '.local/state/oclog')],
  ])('is %s', (_name, named, env, isRoot, expected) => {
    expect(stateDirectory(named, env, isRoot)).toBe(expected);
  });

  test('is made for its owner alone, and refused where everybody may write', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'oclog-state-dir-'));
    try {
      const path = join(folder, 'a/b');
      await openStateDirectory(path);
      expect(statSync(path).mode & 0o777).toBe(0o700);
      chmodSync(path, 0o777);
      await expect(openStateDirectory(path)).rejects.toThrow('everybody may write to it');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('the name of a state', () => {
  test('is the same however the log is written, and another for each log and each service', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'oclog-state-name-'));
    try {
      mkdirSync(join(folder, 'real'));
      symlinkSync('real', join(folder, 'linked'));
      const name = await stateNameOf(join(folder, 'real/oc.log'), null);
      expect(name).toMatch(/^[\w.-]+-real-oc\.log-[0-9a-f]{16}$/);
      expect(await stateNameOf(join(folder, 'linked/oc.log'), null)).toBe(name);
      const others = [
        await stateNameOf(join(folder, 'real/other.log'), null),
        await stateNameOf(join(folder, 'real/oc.log'), 'nagios'),
        await stateNameOf(join(folder, 'oc.log'), null),
      ];
      expect(new Set([name, ...others]).size).toBe(4);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('S84: of very long paths is short, and still tells them apart', async () => {
    const long = `/${'very-long-directory/'.repeat(50)}`;
    const names = await Promise.all(
      ['oc.log', 'od.log'].map((log) => stateNameOf(long + log, 'n'.repeat(64))),
    );
    expect(names[0]).not.toBe(names[1]);
    for (const name of names)
      expect(`.${name}.unknown.json.previous.0123456789ab.tmp`.length).toBeLessThan(206);
  });
});
