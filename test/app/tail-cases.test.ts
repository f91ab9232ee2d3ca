// The sixteen live cases in which followers are known to lose, repeat or glue lines: docs/follow.md says which of them do.
import { copyFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { expect } from '@jest/globals';
import { error, errors, followTest, headOfError, info, TAIL_OF_ERROR } from '../helpers/follow.ts';

followTest('F1 two lines, a second apart', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(error(1));
  await t.pass(1000);
  await t.write(error(2));
  await t.expect({ findings: [1, 2] });
});

followTest('F2 half a line, two seconds, its rest', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(headOfError(1));
  await t.pass(2000);
  expect(t.reported).toEqual([]);
  await t.write(`${TAIL_OF_ERROR}\n`);
  await t.expect({ findings: [1] });
});

followTest('F3 lines, a rotation and lines without a pause', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(errors(1, 2, 3));
  await t.step(() => t.rotate());
  await t.create(errors(4, 5, 6));
  await t.expect({ findings: [1, 2, 3, 4, 5, 6], events: ['rotated'] });
});

followTest('F4 the writer goes on in the renamed file', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(error(1));
  await t.step(() => t.rotate());
  await t.write(error(2), t.path('oc.log.1'));
  await t.pass(1200);
  await t.write(error(3), t.path('oc.log.1'));
  await t.create(error(4));
  await t.expect({ findings: [1, 2, 3, 4], events: ['rotated'] });
});

followTest('F5 copied and cut, then a shorter log', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(errors(1, 2, 3, 4));
  await t.pass(1200);
  await t.copyAndCut();
  await t.write(error(5));
  await t.expect({ findings: [1, 2, 3, 4, 5], events: ['truncated'] });
});

followTest('F6 copied and cut, then past the old offset', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(error(1));
  await t.pass(1200);
  // One step: cut and grown again before anybody looks.
  await t.step(() => {
    copyFileSync(t.log, t.path('oc.log.1'));
    writeFileSync(t.log, errors(2, 3, 4, 5, 6, 7, 8, 9));
  });
  await t.expect({ findings: [1, 2, 3, 4, 5, 6, 7, 8, 9], events: ['truncated'] });
});

followTest('F7 rewritten in place to the same size', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(error(1));
  await t.pass(1200);
  await t.step(() => writeFileSync(t.log, info(0) + error(2)));
  await t.expect({ findings: [1, 2], events: ['truncated'], destroyed: [1] });
});

followTest('F8 a log that is not there yet', async (t) => {
  await t.follow();
  await t.pass(2000);
  await t.create(error(1));
  await t.pass(1000);
  await t.write(error(2));
  await t.expect({ findings: [1, 2], events: ['missing', 'reappeared'] });
});

followTest('F9 deleted and created again', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(error(1));
  await t.pass(1000);
  await t.step(() => rmSync(t.log));
  await t.pass(4000);
  await t.create(error(2));
  await t.pass(1500);
  await t.write(error(3));
  await t.expect({ findings: [1, 2, 3], events: ['missing', 'reappeared', 'rotated'], destroyed: [1] });
});

followTest('F10 a link that is turned to another file', async (t) => {
  await t.create(info(0), t.path('a.log'));
  symlinkSync('a.log', t.log);
  await t.follow();
  await t.write(error(1));
  await t.pass(1000);
  await t.create(error(2), t.path('b.log'));
  await t.step(() => {
    symlinkSync('b.log', t.path('link'));
    renameSync(t.path('link'), t.log);
  });
  await t.pass(2500);
  await t.write(error(3), t.path('b.log'));
  await t.expect({ findings: [1, 2, 3], events: ['rotated'], scan: [t.path('a.log'), t.path('b.log')] });
});

followTest('F11 a character in two writes', async (t) => {
  await t.create(info(0));
  await t.follow();
  const whole = Buffer.from(error(1).replace('token', 'tökén'));
  const cut = whole.indexOf('ö') + 1;
  await t.write(whole.subarray(0, cut));
  await t.pass(1300);
  await t.write(whole.subarray(cut));
  await t.expect({ findings: [1] });
  expect(t.findings[0]?.record.text).toContain('tökén');
});

followTest(
  'F12 the directory renamed and made anew',
  async (t) => {
    await t.create(info(0));
    await t.follow();
    await t.write(error(1));
    await t.pass(1000);
    await t.step(() => renameSync(t.path('log'), t.path('log.old')));
    await t.create(error(2));
    await t.pass(2000);
    await t.write(error(3));
    await t.expect({
      findings: [1, 2, 3],
      events: ['rotated'],
      scan: [t.path('log.old'), t.path('log')],
    });
  },
  'log/oc.log',
);

followTest('F13 a line of 3 MB, then another', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(`${error(1).trimEnd()} ${'x'.repeat(3 * 1024 ** 2)}\n`);
  await t.write(error(2));
  await t.expect({ findings: [1, 2] });
  expect(t.findings.map(({ truncated }) => truncated)).toEqual([true, false]);
});

followTest('F14 two rotations between two looks', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(errors(1, 2));
  // One step: nobody looks in between.
  await t.step(() => {
    t.rotate();
    writeFileSync(t.log, errors(3, 4));
    t.rotate();
    writeFileSync(t.log, errors(5, 6));
  });
  await t.expect({ findings: [1, 2, 3, 4, 5, 6], events: ['rotated'] });
});

followTest('F15 a half line that is rotated away', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(error(1).trimEnd());
  await t.pass(1000);
  await t.step(() => t.rotate());
  await t.create(info(1) + error(2));
  await t.expect({ findings: [1, 2], events: ['rotated'] });
  expect(t.findings[0]?.record.text).toBe(error(1).trimEnd());
});

followTest('F16 a half line that is copied and cut away', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(error(1).trimEnd());
  await t.pass(1000);
  await t.copyAndCut();
  await t.pass(1000);
  await t.write(info(1) + error(2));
  await t.expect({ findings: [1, 2], events: ['truncated'] });
  expect(t.findings[0]?.record.text).toBe(error(1).trimEnd());
});
