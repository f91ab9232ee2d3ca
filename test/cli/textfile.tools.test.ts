// Prometheus' own tool reads what a check writes for it.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { CALM, CheckMachine, INVALID } from '../helpers/check-cli.ts';

test('promtool accepts the textfile and finds nothing to blame', () => {
  const machine = new CheckMachine();
  const path = join(machine.root, 'oclog.prom');
  machine.write(INVALID, CALM);
  machine.check('--textfile', path);
  const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], {
    input: readFileSync(path),
    encoding: 'utf8',
  });
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
});
