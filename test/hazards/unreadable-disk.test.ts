// S23: a followed log that was opened cannot be read any more, as on a failing disk or a network's file gone stale.
import fs from 'node:fs';
import { afterEach, jest } from '@jest/globals';
import { error, followTest, info } from '../helpers/follow.ts';

afterEach(() => {
  jest.restoreAllMocks();
});

/** The next read of any file fails. */
function breakRead(): void {
  jest.spyOn(fs, 'readSync').mockImplementationOnce(() => {
    throw Object.assign(new Error('i/o error'), { code: 'EIO' });
  });
}

followTest('the log is opened anew and read on', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(error(1));
  await t.pass(500);
  breakRead();
  await t.pass(2000);
  await t.write(error(2));
  await t.expect({ findings: [1, 2], events: ['unreadable', 'reappeared'] });
});

followTest('it was rotated meanwhile: its end is a gap, and the new log is followed', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(error(1));
  await t.pass(500);
  breakRead();
  await t.step(() => t.rotate());
  await t.create(error(2));
  await t.pass(2000);
  await t.write(error(3));
  await t.expect({ findings: [1, 2, 3], events: ['unreadable', 'reappeared', 'gap', 'rotated'] });
});
