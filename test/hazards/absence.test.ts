// A followed log is not there, is no file, or may not be read, for a while or for good.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, renameSync, rmdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { error, errors, type Followed, followTest, info } from '../helpers/follow.ts';

/** Root may read everything: for a while the test becomes someone else. */
async function asNobody(t: Followed, run: () => Promise<void>): Promise<void> {
  const isRoot = process.geteuid?.() === 0;
  chmodSync(t.folder, 0o777);
  if (isRoot) process.seteuid?.(65534);
  try {
    await run();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}

followTest(
  'S42 directory and log appear later',
  async (t) => {
    await t.follow();
    expect(t.events).toEqual(['missing']);
    await t.step(() => mkdirSync(t.path('log')));
    await t.pass(2000);
    await t.create(error(1));
    await t.expect({ findings: [1], events: ['missing', 'reappeared'], scan: [t.path('log')] });
  },
  'log/oc.log',
);

followTest(
  'a directory that is not there yet stands for the log in it',
  async (t) => {
    await t.follow();
    await t.step(() => mkdirSync(t.log));
    await t.pass(2000);
    const log = join(t.log, 'oc.log');
    await t.create(error(1), log);
    await t.write(error(2), log);
    await t.expect({
      findings: [1, 2],
      events: ['missing', 'reappeared', 'following', 'missing', 'reappeared'],
      scan: [t.log],
    });
  },
  'log',
);

followTest(
  'a directory that comes with its logs is read from its oldest',
  async (t) => {
    await t.follow();
    const aside = t.path('aside');
    mkdirSync(aside);
    writeFileSync(join(aside, 'oc.log.1'), error(1));
    writeFileSync(join(aside, 'oc.log'), error(2));
    await t.step(() => renameSync(aside, t.log));
    await t.pass(2000);
    await t.write(error(3), join(t.log, 'oc.log'));
    await t.expect({ findings: [1, 2, 3], events: ['missing', 'reappeared', 'following'], scan: [t.log] });
  },
  'log',
);

followTest(
  'S19 the directory removed and made anew',
  async (t) => {
    await t.create(info(0));
    await t.follow();
    await t.write(error(1));
    await t.step(() => rmSync(t.path('log'), { recursive: true }));
    await t.pass(3000);
    await t.create(error(2));
    await t.expect({
      findings: [1, 2],
      events: ['missing', 'reappeared', 'rotated'],
      destroyed: [1],
      scan: [t.path('log')],
    });
  },
  'log/oc.log',
);

followTest('S43 a missing log is waited for, and said to be missing once', async (t) => {
  await t.follow();
  await t.pass(60_000);
  await t.create(errors(1, 2));
  await t.expect({ findings: [1, 2], events: ['missing', 'reappeared'] });
});

followTest('S44 becomes a directory, then a file', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(error(1));
  await t.step(
    () => rmSync(t.log),
    () => mkdirSync(t.log),
  );
  await t.pass(3000);
  expect(t.detail).toContain('no regular file');
  await t.step(() => rmdirSync(t.log));
  await t.create(error(2));
  await t.expect({ findings: [1, 2], events: ['unreadable', 'reappeared', 'rotated'], destroyed: [1] });
});

followTest('S46, S48 deleted for good: what was read is reported, and few looks are taken', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(error(1));
  await t.step(() => rmSync(t.log));
  const before = t.looks;
  await t.pass(10 * 60_000);
  expect(t.looks - before).toBeLessThanOrEqual(10 * 60 * 4 + 10);
  await t.expect({ findings: [1], events: ['missing'], destroyed: [1], scan: [] });
});

followTest('S10 two logs that swap a name', async (t) => {
  await t.create(info(0));
  await t.create(info(0), t.path('b.log'));
  await t.follow({}, [t.path('b.log')]);
  await t.write(error(1));
  await t.write(error(2), t.path('b.log'));
  await t.pass(1500);
  await t.step(() => renameSync(t.log, t.path('b.log')));
  await t.write(error(3), t.path('b.log'));
  await t.create(error(4));
  await t.pass(2500);
  // The renamed log is read under both names: it is what both of them named.
  expect([...new Set(t.reported)].sort()).toEqual([1, 2, 3, 4]);
});

followTest('S47 deleted, back after long', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(error(1));
  await t.step(() => rmSync(t.log));
  await t.pass(12 * 60_000);
  await t.create(error(2));
  await t.expect({
    findings: [1, 2],
    events: ['missing', 'reappeared', 'rotated'],
    destroyed: [1],
  });
});

followTest('S49 may not be read at first', async (t) => {
  await t.create(error(1));
  chmodSync(t.log, 0);
  await asNobody(t, async () => {
    await t.follow();
    expect(t.events).toEqual(['unreadable']);
    expect(t.detail).toContain('permission denied');
    const before = t.looks;
    await t.pass(60_000);
    expect(t.looks - before).toBeLessThanOrEqual(60 * 4 + 2);
  });
  await t.step(() => chmodSync(t.log, 0o644));
  await t.expect({ findings: [1], events: ['unreadable', 'reappeared'] });
});

followTest('S50 permission is lost with a rotation and comes back', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(error(1));
  await t.step(() => t.rotate());
  writeFileSync(t.log, error(2));
  chmodSync(t.log, 0);
  await asNobody(t, async () => {
    await t.pass(3000);
    expect(t.reported).toEqual([1]);
  });
  await t.step(() => chmodSync(t.log, 0o644));
  await t.write(error(3));
  await t.expect({ findings: [1, 2, 3], events: ['unreadable', 'reappeared', 'rotated'] });
});

followTest(
  'the directory may not be entered for a while',
  async (t) => {
    await t.create(info(0));
    await t.follow();
    await t.write(error(1));
    chmodSync(t.path('log'), 0);
    await asNobody(t, async () => {
      await t.pass(3000);
      expect(t.events).toEqual(['unreadable']);
    });
    await t.step(() => chmodSync(t.path('log'), 0o755));
    await t.write(error(2));
    await t.expect({ findings: [1, 2], events: ['unreadable', 'reappeared'], scan: [t.path('log')] });
  },
  'log/oc.log',
);

followTest('what is wrong changes: denied, then missing', async (t) => {
  await t.create(error(1));
  chmodSync(t.log, 0);
  await asNobody(t, () => t.follow());
  await t.step(() => rmSync(t.log));
  await t.pass(2000);
  await t.create(error(2));
  await t.expect({ findings: [2], events: ['unreadable', 'missing', 'reappeared'] });
});

followTest('S52 the target of a link is missing, created, changed', async (t) => {
  symlinkSync('a.log', t.log);
  await t.follow();
  await t.create(error(1), t.path('a.log'));
  await t.pass(1500);
  await t.step(() => {
    writeFileSync(t.path('b.log'), errors(2, 3));
    symlinkSync('b.log', t.path('link'));
    renameSync(t.path('link'), t.log);
  });
  await t.write(error(4), t.path('b.log'));
  await t.expect({
    findings: [1, 2, 3, 4],
    events: ['missing', 'reappeared', 'rotated'],
    scan: [t.path('a.log'), t.path('b.log')],
  });
});

followTest('S8, S53 a link that is turned back and forth', async (t) => {
  await t.create(info(0), t.path('a.log'));
  await t.create(error(2), t.path('b.log'));
  const turnTo = (name: string) => (): void => {
    symlinkSync(name, t.path('link'));
    renameSync(t.path('link'), t.log);
  };
  turnTo('a.log')();
  await t.follow();
  await t.write(error(1), t.path('a.log'));
  await t.pass(1500);
  await t.step(turnTo('b.log'));
  await t.pass(1500);
  await t.write(error(3), t.path('b.log'));
  await t.pass(1500);
  await t.step(turnTo('a.log'));
  await t.pass(1500);
  await t.write(error(4), t.path('a.log'));
  await t.expect({
    findings: [1, 2, 3, 4],
    events: ['rotated', 'replaced'],
    scan: [t.path('a.log'), t.path('b.log')],
  });
});

followTest('S54 the link is removed and the target grows', async (t) => {
  await t.create(info(0), t.path('a.log'));
  symlinkSync('a.log', t.log);
  await t.follow();
  await t.write(error(1), t.path('a.log'));
  await t.step(() => rmSync(t.log));
  await t.pass(2000);
  await t.write(error(2), t.path('a.log'));
  await t.expect({ findings: [1, 2], events: ['missing'], scan: [t.path('a.log')] });
});

followTest('becomes a pipe that nobody writes to, then a file', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(error(1));
  await t.step(
    () => t.rotate(),
    () => execFileSync('mkfifo', [t.log]),
  );
  await t.pass(2000);
  await t.step(() => rmSync(t.log));
  await t.create(error(2));
  await t.expect({ findings: [1, 2], events: ['unreadable', 'reappeared', 'rotated'] });
});
