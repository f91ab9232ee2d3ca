import { expect, test } from '@jest/globals';
import { SilenceWatch } from '../../src/cli/silence-watch.ts';

const status = (bytes: number) => ({ type: 'status', path: 'oc.log', bytes, lines: 0, behind: 0 }) as const;

test('says why a log is silent once a silence, after a minute', async () => {
  const said: string[] = [];
  const watch = new SilenceWatch(
    (message) => said.push(message),
    async () => 'because',
  );
  for (const [bytes, now] of [
    [10, 0],
    [10, 59_999],
    [20, 59_999],
    [20, 100_000],
  ] as const)
    await watch.take(status(bytes), now);
  expect(said).toEqual([]);
  await watch.take(status(20), 119_999);
  await watch.take(status(20), 500_000);
  expect(said).toEqual(['oclog: oc.log: silent: because']);
  await watch.take(status(30), 500_000);
  await watch.take(status(30), 560_000);
  expect(said).toHaveLength(2);
});

test('keeps quiet where no reason is known', async () => {
  const said: string[] = [];
  const watch = new SilenceWatch(
    (message) => said.push(message),
    async () => null,
  );
  await watch.take(status(0), 0);
  await watch.take(status(0), 60_000);
  expect(said).toEqual([]);
});
