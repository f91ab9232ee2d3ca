// A program as a channel: real ones.
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import type { Outcome } from '../../src/alerts/channels/channel.ts';
import { openCommand } from '../../src/alerts/channels/command.ts';
import { ALL, firing, messageOf } from '../helpers/notices.ts';

const folder = mkdtempSync(join(tmpdir(), 'oclog-command-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function send(run: readonly [string, ...string[]], signal = new AbortController().signal): Promise<Outcome> {
  return openCommand({ ...ALL, type: 'command', run }).send(messageOf(firing()), signal);
}

test('it gets the notice on standard input, and its arguments as they are', async () => {
  const script = join(folder, 'hook');
  writeFileSync(script, `#!/bin/sh\nprintf '%s\\n' "$@" > ${folder}/args\ncat > ${folder}/in\n`);
  chmodSync(script, 0o755);
  expect(await send([script, '$HOME; touch x', 'two words'])).toEqual({ kind: 'sent' });
  expect(readFileSync(join(folder, 'args'), 'utf8')).toBe('$HOME; touch x\ntwo words\n');
  expect(JSON.parse(readFileSync(join(folder, 'in'), 'utf8'))).toMatchObject({ type: 'notice', host: 'vna' });
});

test('it need not read', async () => {
  expect(await send(['/bin/true'])).toEqual({ kind: 'sent' });
});

test('what it ends with is said, and tried again', async () => {
  const outcome = await send(['/bin/sh', '-c', 'cat >/dev/null; echo "  no\n luck" >&2; exit 3']);
  expect(outcome).toEqual({
    ...{ kind: 'failed', detail: '/bin/sh ended with 3: no luck' },
    ...{ retryAfterMs: null, isDown: false },
  });
});

test('a program that is not there is an error of the system', async () => {
  await expect(send([join(folder, 'absent')])).rejects.toThrow('ENOENT');
});

test('it ends with all it started when time is up', async () => {
  const stop = new AbortController();
  const pids = join(folder, 'pids');
  const sent = send(
    ['/bin/sh', '-c', `sleep 1000 & echo $! $$ > ${pids}.tmp; mv ${pids}.tmp ${pids}; wait`],
    stop.signal,
  );
  while (!existsSync(pids)) await new Promise(setImmediate);
  stop.abort();
  expect(await sent).toMatchObject({ kind: 'failed', detail: '/bin/sh ended with SIGKILL' });
  for (const pid of readFileSync(pids, 'utf8').trim().split(' ')) await gone(Number(pid));
});

async function gone(pid: number): Promise<void> {
  const isThere = (): boolean => {
    const status = existsSync(`/proc/${pid}/stat`) ? readFileSync(`/proc/${pid}/stat`, 'utf8') : '';
    return status !== '' && !/\) Z /.test(status);
  };
  while (isThere()) await new Promise(setImmediate);
}
