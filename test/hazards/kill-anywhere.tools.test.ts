// A check that is killed between any two of its system calls, and one whose disk is really full.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { MAIN, objectsIn } from '../helpers/cli.ts';
import { runProgram } from '../helpers/faults/lab.ts';
import { Stage } from '../helpers/faults/laws.ts';
import { SCENES } from '../helpers/faults/scenes.ts';
import { error, errors, info } from '../helpers/follow.ts';

const STEP = 5;
const SOME = [
  'a graver fault beside one that is open',
  'the end of a fault',
  'a channel that refuses for good',
];

test.each(SCENES.filter(({ name }) => SOME.includes(name)))(
  '$name: is told all the same by a check that is killed at a system call',
  async (scene) => {
    const stage = await Stage.open(scene);
    try {
      // Loading the program makes few.
      expect(await stage.killAtCalls(11 + (scene.name.length % STEP), STEP)).toBeGreaterThan(8);
    } finally {
      await stage.close();
    }
  },
  600_000,
);

test('a full disk: what is new is shown by each run, told to nobody, and found again when there is room', async () => {
  const root = mkdtempSync(join(tmpdir(), 'oclog-full-'));
  try {
    const [log, disk, told] = ['log/oc.log', 'disk', 'told'].map((name) => join(root, name)) as [
      string,
      string,
      string,
    ];
    for (const folder of ['log', 'disk']) mkdirSync(join(root, folder));
    writeFileSync(log, error(1) + info(1));
    const run = ['/bin/sh', '-c', 'cat >> "$0"', told];
    writeFileSync(
      join(root, 'config.yaml'),
      JSON.stringify({ channels: { program: { type: 'command', run } } }),
    );
    const check = `"$NODE" "$MAIN" check ${log} --state-dir ${disk}/state --config ${root}/config.yaml --host h --lookback 9999d --record-timeout 0s --format ndjson; echo "{\\"type\\":\\"status\\",\\"id\\":$?}"`;
    const news = join(root, 'news');
    writeFileSync(news, errors(2, 3).replaceAll('InvalidClientTokenId', 'SignatureDoesNotMatch') + info(2));
    const script = [
      `mount -t tmpfs -o size=400k none ${disk} && mkdir -m 700 ${disk}/state`,
      check,
      `cat ${news} >> ${log}; dd if=/dev/zero of=${disk}/fill bs=1k 2>/dev/null`,
      ...[check, check, check],
      // Room for a notice, and none for the state: it is not told again and again.
      `truncate -s -20k ${disk}/fill`,
      ...[check, check],
      `rm ${disk}/fill`,
      ...[check, check],
      `find ${disk} -name '*.tmp' -o -name '*lock*'`,
    ].join('\n');
    const { status, stdout, stderr } = await runProgram(['unshare', '-Urm', 'sh', '-c', script], {
      NODE: process.execPath,
      MAIN,
    });
    expect([status, stderr]).toEqual([0, '']);
    const objects = objectsIn(stdout);
    const statuses = objects.filter(({ type }) => type === 'status').map(({ id }) => id);
    expect(statuses).toEqual([2, 3, 3, 3, 3, 3, 2, 2]);
    const found = objects.filter(({ type }) => type === 'finding').map(({ id }) => id);
    expect(found).toHaveLength(1 + 2 * 6);
    expect(new Set(found).size).toBe(3);
    const notices = readFileSync(told, 'utf8').trimEnd().split('\n');
    expect(notices).toHaveLength(2);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}, 120_000);
