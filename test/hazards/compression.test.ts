// A followed log is compressed as it is rotated: a new inode, and the old name unlinked.
import { appendFileSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { zipOf } from '../helpers/archives.ts';
import { error, errors, type Followed, followTest, info } from '../helpers/follow.ts';

const packers = [
  ['gz', (data: Buffer) => gzipSync(data)],
  ['zip', (data: Buffer) => zipOf([{ name: 'oc.log', data, descriptor: true }])],
] as const;

for (const [suffix, pack] of packers) {
  /** As WildFly does it. */
  const compress = (t: Followed, name: string): void => {
    writeFileSync(t.path(`${name}.${suffix}`), pack(readFileSync(t.log)));
    rmSync(t.log);
  };

  followTest(`${suffix} at each rotation`, async (t) => {
    await t.create(info(0));
    await t.follow();
    for (const number of [1, 3, 5]) {
      await t.write(error(number));
      await t.pass(400);
      await t.step(() => {
        appendFileSync(t.log, error(number + 1));
        compress(t, `oc.log.2026-11-2${number}`);
      });
      await t.create(info(number));
      await t.pass(400);
    }
    await t.expect({ findings: [1, 2, 3, 4, 5, 6], events: ['rotated', 'rotated', 'rotated'] });
  });

  followTest(`${suffix} twice between two looks`, async (t) => {
    await t.create(info(0));
    await t.follow();
    await t.write(error(1));
    await t.pass(400);
    await t.step(() => {
      compress(t, 'oc.log.1');
      writeFileSync(t.log, errors(2, 3));
      renameSync(t.path(`oc.log.1.${suffix}`), t.path(`oc.log.2.${suffix}`));
      compress(t, 'oc.log.1');
      writeFileSync(t.log, error(4));
    });
    await t.expect({ findings: [1, 2, 3, 4], events: ['rotated'] });
  });

  followTest(`${suffix} twice between two looks, and it held no more than a short line`, async (t) => {
    await t.create('start\n');
    await t.follow();
    await t.step(() => {
      compress(t, 'oc.log.2');
      writeFileSync(t.log, errors(1, 2));
      compress(t, 'oc.log.1');
      writeFileSync(t.log, error(3));
    });
    await t.expect({ findings: [1, 2, 3], events: ['rotated'] });
  });

  followTest(`${suffix} half made while the log is still there`, async (t) => {
    await t.create(info(0));
    await t.follow();
    await t.write(errors(1, 2));
    await t.pass(400);
    const packed = pack(readFileSync(t.log));
    await t.step(() => writeFileSync(t.path(`oc.log.1.${suffix}`), packed.subarray(0, packed.length / 2)));
    await t.pass(400);
    await t.step(() => {
      writeFileSync(t.path(`oc.log.1.${suffix}`), packed);
      rmSync(t.log);
    });
    await t.create(error(3));
    await t.expect({ findings: [1, 2, 3], events: ['rotated'] });
  });

  followTest(`${suffix} long after the rotation, and the log had grown since`, async (t) => {
    await t.create('start\n');
    await t.follow();
    await t.step(() => t.rotate());
    await t.create(info(0));
    await t.write(errors(1, 2), t.path('oc.log.1'));
    await t.pass(400);
    await t.step(() => {
      writeFileSync(t.path(`oc.log.1.${suffix}`), pack(readFileSync(t.path('oc.log.1'))));
      rmSync(t.path('oc.log.1'));
    });
    await t.step(() => renameSync(t.log, t.path('oc.log.2026-11-23')));
    await t.create(error(3));
    await t.expect({ findings: [1, 2, 3], events: ['rotated', 'rotated'] });
  });
}

for (const [suffix, pack] of [
  ['gz', (data: Buffer) => gzipSync(data, { level: 0 })],
  ['zip', (data: Buffer) => zipOf([{ name: 'oc.log', data, stored: true }])],
] as const)
  followTest(`a ${suffix} half made of a short log that came and went between two looks`, async (t) => {
    await t.create(info(0));
    await t.follow();
    await t.write(error(1));
    await t.pass(400);
    await t.step(() => {
      renameSync(t.log, t.path('oc.log.2'));
      writeFileSync(t.path('oc.log.1'), errors(2, 3));
      const packed = pack(readFileSync(t.path('oc.log.1')));
      writeFileSync(t.path(`oc.log.1.${suffix}`), packed.subarray(0, packed.length - 200));
      writeFileSync(t.log, error(4));
    });
    await t.step(() => {
      writeFileSync(t.path(`oc.log.1.${suffix}`), pack(readFileSync(t.path('oc.log.1'))));
      rmSync(t.path('oc.log.1'));
    });
    await t.expect({ findings: [1, 2, 3, 4], events: ['rotated'] });
  });
