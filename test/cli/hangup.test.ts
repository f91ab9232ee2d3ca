// SIGHUP: rules are read again by a tail that nobody watches, and end a tail whose terminal went away.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, jest, test } from '@jest/globals';
import { type Child, startOclog } from '../helpers/child.ts';
import { recordAt } from '../helpers/vna-log.ts';
import { GOOD } from '../rules/example.ts';

jest.setTimeout(60_000);

const dir = mkdtempSync(join(tmpdir(), 'oclog-hangup-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const rules = join(dir, 'rules.yaml');

/** A rule for records that say `lost` and this. */
function ruleFor(word: string): string {
  return GOOD.replace('contains: lost', `contains: ${word}`).replaceAll('lost token', `lost ${word}`);
}

const recordOf = (word: string): string => recordAt(new Date(0), 'ERROR', 'AWS_PLUGIN', 'x', `lost ${word}`);

async function following(...wrapper: readonly string[]): Promise<Child> {
  const args = ['tail', '-', '--rules', rules, '--format', 'brief', '--idle-flush', '20ms'];
  const oclog = startOclog(args, {}, wrapper);
  // The first finding says that it is at work, and so that it listens to signals.
  oclog.send(recordOf('one'));
  await oclog.until('stdout', /ACME7 .*-:1 /);
  return oclog;
}

async function end(oclog: Child): Promise<void> {
  oclog.process.stdin?.end();
  expect(await oclog.ended()).toBe(0);
}

test('rules are read again, and what is open goes on', async () => {
  writeFileSync(rules, ruleFor('one'));
  const oclog = await following();
  writeFileSync(rules, ruleFor('two'));
  oclog.process.kill('SIGHUP');
  await oclog.until('stderr', /rules read again: \d+ rules\n/);
  oclog.send(recordOf('one') + recordOf('two') + recordOf('none'));
  await oclog.until('stdout', /ACME7 .*-:3 /);
  await end(oclog);
  expect(oclog.said.stdout.match(/ -:\d+ /g)).toEqual([' -:1 ', ' -:3 ']);
});

test('rules with a fault change nothing, and their place is named', async () => {
  writeFileSync(rules, ruleFor('one'));
  const oclog = await following();
  writeFileSync(rules, ruleFor('two').replace('severity: warning', 'severity: loud'));
  oclog.process.kill('SIGHUP');
  await oclog.until('stderr', /stay as they were\n[\s\S]*rules\.yaml:5:11/);
  oclog.send(recordOf('two') + recordOf('one'));
  await oclog.until('stdout', /ACME7 .*-:3 /);
  rmSync(rules);
  oclog.process.kill('SIGHUP');
  await oclog.until('stderr', /stay as they were\n[\s\S]*stay as they were\n[\s\S]*no such rule file/);
  await end(oclog);
});

test('nohup keeps it', async () => {
  writeFileSync(rules, ruleFor('one'));
  const oclog = await following('nohup');
  oclog.process.kill('SIGHUP');
  await oclog.until('stderr', /rules read again/);
  await end(oclog);
});
