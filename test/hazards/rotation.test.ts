// A followed log is renamed and made anew, in all the ways in which that happens.
import {
  appendFileSync,
  copyFileSync,
  readdirSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { expect } from '@jest/globals';
import { error, errors, followTest, info } from '../helpers/follow.ts';

followTest('S1 renamed and made anew', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(error(1));
  await t.step(() => t.rotate());
  await t.create(errors(2, 3));
  await t.expect({ findings: [1, 2, 3], events: ['rotated'] });
});

followTest('S2 renamed only, and it grows', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(error(1));
  await t.step(() => t.rotate());
  await t.write(error(2), t.path('oc.log.1'));
  await t.pass(3000);
  await t.write(error(3), t.path('oc.log.1'));
  await t.expect({ findings: [1, 2, 3], events: ['missing'] });
});

followTest('S3, S21 a steady writer over three rotations', async (t) => {
  await t.create(info(0));
  await t.follow();
  for (let number = 1; number <= 24; number += 1) {
    if (number % 6 === 0) await t.step(() => t.rotate());
    await t.write(error(number));
    await t.pass(100);
  }
  await t.expect({
    findings: Array.from({ length: 24 }, (_, at) => at + 1),
    events: ['rotated', 'rotated', 'rotated', 'rotated'],
  });
});

followTest('S4, S76 renamed after and before long pauses', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(error(1));
  await t.pass(11 * 60_000);
  await t.write(error(2));
  await t.step(() => t.rotate());
  await t.create(error(3));
  await t.pass(11 * 60_000);
  await t.write(error(4));
  await t.expect({ findings: [1, 2, 3, 4], events: ['rotated'] });
});

followTest('S5 the rotated log is deleted at once', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(errors(1, 2));
  await t.step(
    () => t.rotate(),
    () => rmSync(t.path('oc.log.1')),
  );
  await t.expect({ findings: [1, 2], events: ['missing'], destroyed: [1, 2], scan: [] });
});

followTest('S6 rotated, made anew, the rotated one deleted', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(errors(1, 2, 3));
  await t.step(() => t.rotate());
  await t.create(errors(4, 5, 6));
  await t.step(() => rmSync(t.path('oc.log.1')));
  await t.expect({ findings: [1, 2, 3, 4, 5, 6], events: ['rotated'], destroyed: [1, 2, 3] });
});

followTest(
  'S9, S11, S15 another log moved onto the name, fifty times, with few files held open',
  async (t) => {
    await t.create(info(0));
    await t.follow();
    const before = readdirSync('/proc/self/fd').length;
    for (let number = 1; number <= 50; number += 1) {
      await t.create(error(number), t.path('new'));
      await t.step(() => renameSync(t.path('new'), t.log));
      await t.pass(300);
      await t.write(error(number + 49));
      await t.pass(300);
    }
    expect(readdirSync('/proc/self/fd').length - before).toBeLessThan(20);
    const findings = Array.from({ length: 50 }, (_, at) => [at + 1, at + 50]).flat();
    await t.expect({
      findings,
      events: Array.from({ length: 50 }, () => 'rotated' as const),
      destroyed: findings.slice(0, -2),
    });
  },
);

followTest('S12, S13 replaced and written to as following begins', async (t) => {
  await t.create(errors(1, 2));
  await t.follow();
  await t.step(() => {
    t.rotate();
    writeFileSync(t.log, error(3));
  });
  await t.write(error(4));
  await t.expect({ findings: [3, 4], events: ['rotated'], old: [1, 2] });
});

followTest('S16 deleted, then another moved onto the name', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(error(1));
  await t.step(() => rmSync(t.log));
  await t.pass(500);
  await t.create(errors(2, 3), t.path('new'));
  await t.step(() => renameSync(t.path('new'), t.log));
  await t.expect({ findings: [1, 2, 3], events: ['rotated'], destroyed: [1] });
});

followTest('S17 moved aside while its writer goes on, then rotated once more', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(error(1));
  await t.step(() => t.rotate());
  await t.create(error(2));
  await t.write(error(3), t.path('oc.log.1'));
  await t.pass(2000);
  await t.step(() => t.rotate());
  await t.create(error(4));
  await t.write(error(5), t.path('oc.log.2'));
  await t.pass(2000);
  await t.write(error(6), t.path('oc.log.1'));
  await t.pass(2000);
  expect([...t.reported].sort()).toEqual([1, 2, 3, 4, 5, 6]);
  await t.expect({ findings: t.reported, events: ['rotated', 'rotated'] });
});

followTest(
  'S18 the directory renamed twice and made anew',
  async (t) => {
    await t.create(info(0));
    await t.follow();
    await t.write(error(1));
    for (const number of [2, 3]) {
      await t.step(() => renameSync(t.path('log'), t.path(`log.${number}`)));
      await t.pass(500);
      await t.create(error(number));
      await t.pass(500);
    }
    await t.expect({
      findings: [1, 2, 3],
      events: ['rotated', 'rotated'],
      scan: ['log.2', 'log.3', 'log'].map((name) => t.path(name)),
    });
  },
  'log/oc.log',
);

followTest('S20, S89 files beside it that are none of its own', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(error(1));
  for (const name of ['server.log', 'server.log.1', 'oc.logger.1', 'oc.log.1.lck', 'oc.log~', 'moc.log'])
    await t.create(error(9), t.path(name));
  await t.step(() => renameSync(t.log, t.path('oc.log.1')));
  await t.create(error(2));
  await t.expect({ findings: [1, 2], events: ['rotated'], scan: [t.path('oc.log.1'), t.log] });
});

followTest('an old archive that is put back beside it is no news', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(error(1));
  const old = error(9).replace('2026-11-23', '2026-10-01');
  await t.create(old, t.path('oc.log.2026-10-01'));
  await t.step(() => renameSync(t.log, t.path('oc.log.2026-11-23')));
  await t.create(error(2));
  await t.expect({ findings: [1, 2], events: ['rotated'], old: [9] });
});

followTest('S45 the inode of a deleted log goes to the next one', async (t) => {
  await t.create(info(0) + error(1));
  await t.follow();
  for (let number = 2; number < 5; number += 1) {
    await t.step(() => {
      rmSync(t.log);
      writeFileSync(t.log, info(0) + error(number));
    });
    await t.pass(11 * 60_000);
  }
  await t.expect({
    findings: [2, 3, 4],
    events: ['rotated', 'rotated', 'rotated'],
    destroyed: [2, 3],
    old: [1],
  });
});

followTest('S82 logs that begin alike, in less and in more than can be told apart', async (t) => {
  await t.create('start\n');
  await t.follow();
  for (const [number, start] of [
    [1, 'start\n'],
    [2, 'start\n'],
    [3, info(7)],
    [4, info(7)],
  ] as const) {
    await t.step(() => t.rotate());
    await t.create(start);
    await t.pass(500);
    await t.write(error(number));
    await t.pass(500);
  }
  await t.expect({ findings: [1, 2, 3, 4], events: ['rotated', 'rotated', 'rotated', 'rotated'] });
});

followTest('two logs that begin alike between two looks', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(error(1));
  await t.step(() => {
    for (const number of [2, 3, 4]) {
      t.rotate();
      writeFileSync(t.log, `start\n${error(number)}`);
    }
  });
  await t.expect({ findings: [1, 2, 3, 4], events: ['rotated'] });
});

followTest('dated names, with and without an index', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(error(1));
  await t.step(() => {
    renameSync(t.log, t.path('oc.log.2026-11-23.1'));
    writeFileSync(t.log, error(2));
    renameSync(t.path('oc.log.2026-11-23.1'), t.path('oc.log.2026-11-23.2'));
    renameSync(t.log, t.path('oc.log.2026-11-23.1'));
    writeFileSync(t.log, error(3));
    renameSync(t.log, t.path('oc.log.2026-11-23'));
    writeFileSync(t.log, error(4));
  });
  await t.expect({ findings: [1, 2, 3, 4], events: ['rotated'] });
});

followTest('the one before is gone, so others may be', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(error(1));
  await t.step(() => {
    renameSync(t.log, t.path('oc.log.1'));
    writeFileSync(t.log, error(2));
    renameSync(t.log, t.path('oc.log.1'));
    writeFileSync(t.log, error(3));
    renameSync(t.log, t.path('oc.log.1'));
    writeFileSync(t.log, error(4));
  });
  await t.expect({ findings: [1, 3, 4], events: ['gap', 'rotated'], destroyed: [1] });
});

followTest('renamed away and back', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(error(1));
  await t.step(() => renameSync(t.log, t.path('aside')));
  await t.pass(2000);
  await t.write(error(2), t.path('aside'));
  await t.step(() => renameSync(t.path('aside'), t.log));
  await t.write(error(3));
  await t.expect({ findings: [1, 2, 3], events: ['missing', 'reappeared'] });
});

followTest('renamed away and back, with another one in between', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(error(1));
  await t.step(() => renameSync(t.log, t.path('oc.log.1')));
  await t.create(error(2));
  await t.pass(500);
  await t.step(
    () => renameSync(t.log, t.path('oc.log.2')),
    () => renameSync(t.path('oc.log.1'), t.log),
  );
  await t.pass(500);
  await t.write(error(3));
  await t.expect({ findings: [1, 2, 3], events: ['rotated', 'replaced'] });
});

followTest('a copy of itself takes its place', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(errors(1, 2));
  await t.step(
    () => copyFileSync(t.log, t.path('copy')),
    () => renameSync(t.path('copy'), t.log),
  );
  await t.write(error(3));
  await t.expect({ findings: [1, 2, 3], events: ['replaced'] });
});

followTest('a copy of itself takes its place and is longer', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(errors(1, 2));
  await t.step(() => {
    copyFileSync(t.log, t.path('copy'));
    writeFileSync(t.path('copy'), error(3), { flag: 'a' });
    renameSync(t.path('copy'), t.log);
  });
  await t.expect({ findings: [1, 2, 3], events: ['replaced'] });
});

followTest('an empty log is rotated', async (t) => {
  await t.create('');
  await t.follow();
  await t.step(() => t.rotate());
  await t.create('');
  await t.pass(500);
  await t.write(error(1));
  await t.step(() => t.rotate());
  await t.create('');
  await t.expect({ findings: [1], events: ['rotated', 'rotated'] });
});

followTest('the rotated log is cut: what it held was read, and nothing comes twice', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(error(1));
  await t.step(() => t.rotate());
  await t.create(error(2));
  await t.pass(500);
  await t.step(() => writeFileSync(t.path('oc.log.1'), ''));
  await t.write(error(3));
  await t.expect({ findings: [1, 2, 3], events: ['rotated'], destroyed: [1] });
});

followTest('S92 the rotated log and its successor were last changed at the same moment', async (t) => {
  const moment = new Date('2026-11-23T04:00:00Z');
  await t.create(info(0));
  await t.follow();
  await t.write(error(1));
  await t.step(() => {
    t.rotate();
    writeFileSync(t.log, error(2));
    utimesSync(t.path('oc.log.1'), moment, moment);
    utimesSync(t.log, moment, moment);
  });
  await t.write(error(3));
  await t.expect({ findings: [1, 2, 3], events: ['rotated'] });
});

for (const [suffix, text] of [
  ['half a line', error(2).trimEnd()],
  ['a line', error(2)],
] as const) {
  followTest(`S7, S24 ${suffix} is written between two looks before the rename`, async (t) => {
    await t.create(info(0));
    await t.follow();
    await t.write(error(1));
    await t.pass(500);
    await t.step(() => {
      appendFileSync(t.log, text);
      t.rotate();
      writeFileSync(t.log, error(3));
    });
    await t.write(error(4));
    await t.expect({ findings: [1, 2, 3, 4], events: ['rotated'] });
  });
}

followTest('much more than one look reads comes before the new log', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.step(() => {
    const filler = `${info(1).trimEnd()} ${'x'.repeat(1024 ** 2)}\n`;
    for (let megabytes = 0; megabytes < 40; megabytes += 1) appendFileSync(t.log, filler);
    appendFileSync(t.log, error(1));
    t.rotate();
    writeFileSync(t.log, errors(2, 3));
  });
  await t.expect({ findings: [1, 2, 3], events: ['rotated'] });
});

followTest(
  'a writer ends a line in the renamed log and goes on to the new one, all within one look',
  async (t) => {
    await t.create(info(0));
    await t.follow();
    await t.step(() => renameSync(t.log, t.path('oc.log.1')));
    await t.create('');
    await t.pass(500);
    const line = error(2);
    appendFileSync(t.path('oc.log.1'), error(1) + info(1) + line.slice(0, -30));
    await t.blocked(0, () => {
      appendFileSync(t.path('oc.log.1'), line.slice(-30));
      appendFileSync(t.log, error(3));
    });
    await t.expect({ findings: [1, 2, 3], events: ['rotated'] });
  },
);
