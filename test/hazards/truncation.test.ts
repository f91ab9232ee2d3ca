// A followed log is cut or overwritten in place, with and without a copy of what it held.
import {
  appendFileSync,
  closeSync,
  copyFileSync,
  openSync,
  renameSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect } from '@jest/globals';
import { zipOf } from '../helpers/archives.ts';
import { error, errors, followTest, headOfError, info, TAIL_OF_ERROR } from '../helpers/follow.ts';

followTest('S26, S35 cut, then shorter', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(errors(1, 2, 3));
  await t.pass(500);
  await t.step(() => truncateSync(t.log));
  await t.write(error(4));
  await t.expect({ findings: [1, 2, 3, 4], events: ['truncated'], destroyed: [1, 2, 3] });
});

followTest('S28 cut and written again between two looks', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(errors(1, 2, 3));
  await t.pass(500);
  await t.step(() => writeFileSync(t.log, errors(4, 5, 6, 7)));
  await t.expect({ findings: [1, 2, 3, 4, 5, 6, 7], events: ['truncated'], destroyed: [1, 2, 3] });
});

followTest('S29 cut, and nothing comes', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(error(1));
  await t.pass(500);
  await t.step(() => truncateSync(t.log));
  await t.pass(60_000);
  await t.expect({ findings: [1], events: ['truncated'], destroyed: [1] });
});

followTest('S34 written to after the cut was seen', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(errors(1, 2, 3, 4));
  await t.pass(500);
  await t.step(() => truncateSync(t.log));
  await t.pass(500);
  await t.write(errors(5, 6, 7, 8));
  await t.expect({
    findings: [1, 2, 3, 4, 5, 6, 7, 8],
    events: ['truncated'],
    destroyed: [1, 2, 3, 4],
  });
});

followTest('S37, S39 overwritten with less, from its first line on', async (t) => {
  await t.create(info(0) + errors(1, 2, 3, 4, 5, 6, 7, 8, 9));
  await t.follow();
  await t.step(() => writeFileSync(t.log, errors(11, 12, 13, 14, 15)));
  await t.expect({ findings: [11, 12, 13, 14, 15], events: ['truncated'] });
});

followTest('S40 the application starts anew and cuts its log ten times', async (t) => {
  await t.create('');
  await t.follow();
  const findings: number[] = [];
  for (let number = 1; number <= 60; number += 1) {
    if (number % 6 === 0) await t.step(() => truncateSync(t.log));
    await t.write(error(number));
    await t.pass(300);
    findings.push(number);
  }
  await t.expect({
    findings,
    events: Array.from({ length: 10 }, () => 'truncated' as const),
    destroyed: findings.slice(0, -1),
  });
});

followTest('S36 what was unfinished is reported before what follows the cut', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(error(1) + error(2).trimEnd());
  await t.pass(500);
  await t.step(() => truncateSync(t.log));
  await t.write(error(3));
  await t.expect({ findings: [1, 2, 3], events: ['truncated'], destroyed: [1, 2] });
});

followTest('S38 half a line is cut away and never glued to the next', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(headOfError(1));
  await t.pass(500);
  await t.step(() => truncateSync(t.log));
  await t.write(`${TAIL_OF_ERROR}\n${error(2)}`);
  await t.expect({ findings: [2], events: ['truncated'] });
});

followTest('copied and cut: what was not read is in the copy', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(error(1));
  await t.pass(500);
  await t.step(() => {
    appendFileSync(t.log, error(2) + headOfError(3));
    copyFileSync(t.log, t.path('oc.log.1'));
    writeFileSync(t.log, `${TAIL_OF_ERROR}\n${error(4)}`);
  });
  await t.expect({ findings: [1, 2, 4], events: ['truncated'] });
});

for (const [name, pack] of [
  ['oc.log.1.gz', gzipSync],
  ['oc.log.2026-11-23.zip', (data: Buffer) => zipOf([{ name: 'oc.log', data }])],
] as const) {
  followTest(`copied, packed and cut: ${name}`, async (t) => {
    await t.create(info(0));
    await t.follow();
    await t.write(error(1));
    await t.pass(500);
    await t.step(() => {
      writeFileSync(t.path(name), pack(Buffer.from(info(0) + errors(1, 2))));
      writeFileSync(t.log, errors(3, 4, 5, 6));
    });
    await t.expect({ findings: [1, 2, 3, 4, 5, 6], events: ['truncated'] });
  });
}

for (const [name, pack] of [
  ['oc.log.1', (data: Buffer) => data],
  ['oc.log.1.gz', gzipSync],
] as const) {
  followTest(`copied bit by bit: ${name}`, async (t) => {
    await t.create(info(0));
    await t.follow();
    await t.write(error(1));
    await t.pass(500);
    const copy = pack(Buffer.from(info(0) + errors(1)));
    let from = 0;
    for (const to of [0, 5, 60, 100, copy.length]) {
      await t.step(() => appendFileSync(t.path(name), copy.subarray(from, to)));
      await t.pass(500);
      from = to;
    }
    await t.step(() => truncateSync(t.log));
    await t.write(error(2));
    await t.expect({ findings: [1, 2], events: ['truncated'] });
  });
}

followTest('a copy is being made as following begins with the archives', async (t) => {
  await t.create(info(0) + error(1));
  await t.create('', t.path('oc.log.1'));
  await t.follow({ from: 'archives' });
  await t.step(() => appendFileSync(t.path('oc.log.1'), info(0) + error(1)));
  await t.pass(500);
  await t.step(() => truncateSync(t.log));
  await t.write(error(2));
  await t.expect({ findings: [1, 2], events: ['truncated'] });
});

followTest('copied and cut twice between two looks', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(error(1));
  await t.pass(500);
  await t.step(() => {
    appendFileSync(t.log, error(2));
    copyFileSync(t.log, t.path('oc.log.1'));
    writeFileSync(t.log, errors(3, 4));
    renameSync(t.path('oc.log.1'), t.path('oc.log.2'));
    copyFileSync(t.log, t.path('oc.log.1'));
    writeFileSync(t.log, errors(5, 6, 7, 8));
  });
  await t.expect({ findings: [1, 2, 3, 4, 5, 6, 7, 8], events: ['truncated'] });
});

followTest('copied and cut, again and again', async (t) => {
  await t.create(info(0));
  await t.follow();
  for (const number of [1, 2, 3]) {
    await t.write(error(number));
    await t.pass(500);
    await t.step(() => {
      if (number > 1) renameSync(t.path(`oc.log.1`), t.path(`oc.log.${number}`));
      copyFileSync(t.log, t.path('oc.log.1'));
      truncateSync(t.log);
    });
    await t.pass(500);
  }
  await t.write(error(4));
  await t.expect({ findings: [1, 2, 3, 4], events: ['truncated', 'truncated', 'truncated'] });
});

followTest('copied and cut once more while the first cut is dealt with', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(error(1));
  await t.pass(500);
  copyFileSync(t.log, t.path('oc.log.1'));
  writeFileSync(t.log, errors(2, 3));
  await t.blocked(0, () => {
    renameSync(t.path('oc.log.1'), t.path('oc.log.2'));
    copyFileSync(t.log, t.path('oc.log.1'));
    writeFileSync(t.log, errors(4, 5, 6, 7));
  });
  await t.pass(500);
  await t.write(error(8));
  await t.expect({ findings: [1, 2, 3, 4, 5, 6, 7, 8], events: ['truncated', 'truncated'] });
});

followTest('cut once more while the first cut is dealt with, and left empty', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(error(1));
  await t.pass(500);
  copyFileSync(t.log, t.path('oc.log.1'));
  writeFileSync(t.log, errors(2, 3));
  await t.blocked(0, () => {
    renameSync(t.path('oc.log.1'), t.path('oc.log.2'));
    copyFileSync(t.log, t.path('oc.log.1'));
    truncateSync(t.log);
  });
  await t.expect({ findings: [1, 2, 3], events: ['truncated', 'truncated'] });
});

followTest('cut once more without a copy while the first cut is dealt with', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(error(1));
  await t.pass(500);
  copyFileSync(t.log, t.path('oc.log.1'));
  writeFileSync(t.log, errors(2, 3));
  await t.blocked(0, () => writeFileSync(t.log, errors(4, 5, 6, 7)));
  await t.expect({ findings: [1, 4, 5, 6, 7], events: ['truncated', 'truncated', 'gap'] });
});

followTest('copied, cut and copied again behind a look that has just read it', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(error(1));
  await t.step(() => renameSync(t.log, t.path('aside')));
  await t.pass(3000);
  renameSync(t.path('aside'), t.log);
  await t.blocked(0, () => {
    copyFileSync(t.log, t.path('oc.log.2'));
    writeFileSync(t.log, errors(2, 3));
    copyFileSync(t.log, t.path('oc.log.1'));
  });
  await t.pass(500);
  await t.write(error(4));
  await t.expect({
    findings: [1, 2, 3, 4],
    events: ['missing', 'reappeared', 'truncated'],
    scan: ['oc.log.2', 'oc.log'].map((name) => t.path(name)),
  });
});

followTest(
  'copied and cut when no more than a short line of it was read, though more was seen',
  async (t) => {
    await t.create('start\n');
    await t.follow();
    await t.step(() => renameSync(t.log, t.path('aside')));
    await t.pass(3000);
    renameSync(t.path('aside'), t.log);
    await t.blocked(0, () => appendFileSync(t.log, errors(1, 2)));
    copyFileSync(t.log, t.path('oc.log.1'));
    writeFileSync(t.log, error(3));
    await t.expect({ findings: [1, 2, 3], events: ['missing', 'reappeared', 'truncated'] });
  },
);

followTest('filled, copied and cut before anything was read, and half a line is there since', async (t) => {
  await t.create('');
  await t.follow();
  const line = error(4);
  await t.step(() => {
    appendFileSync(t.log, errors(1, 2));
    copyFileSync(t.log, t.path('oc.log.1'));
    writeFileSync(t.log, error(3) + line.slice(0, -30));
  });
  await t.pass(500);
  await t.write(line.slice(-30));
  await t.expect({ findings: [1, 3, 2, 4] });
});

followTest('copied and cut so often between two looks that the first copies are gone', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(error(1));
  await t.pass(500);
  await t.step(() => {
    for (const number of [2, 3, 4]) {
      appendFileSync(t.log, error(number));
      copyFileSync(t.log, t.path('oc.log.1'));
      truncateSync(t.log);
    }
    appendFileSync(t.log, error(5));
  });
  await t.expect({ findings: [1, 4, 5], events: ['truncated', 'gap'], destroyed: [1] });
});

followTest('cut, then renamed, between two looks', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(errors(1, 2));
  await t.pass(500);
  await t.step(() => {
    writeFileSync(t.log, error(3));
    renameSync(t.log, t.path('oc.log.1'));
    writeFileSync(t.log, error(4));
  });
  await t.expect({ findings: [1, 2, 3, 4], events: ['truncated', 'rotated'], destroyed: [1, 2] });
});

followTest('a writer without append leaves a hole of NULs', async (t) => {
  const fd = openSync(t.log, 'w');
  let at = 0;
  const put = (text: string): void => {
    at += writeSync(fd, text, at);
  };
  put(info(0));
  await t.follow();
  await t.step(() => put(error(1)));
  await t.pass(500);
  for (const number of [2, 4]) {
    await t.step(() => {
      copyFileSync(t.log, t.path(`oc.log.${number}`));
      truncateSync(t.log);
      put(errors(number, number + 1));
    });
    await t.pass(500);
  }
  closeSync(fd);
  await t.expect({ findings: [1, 2, 3, 4, 5], events: ['truncated', 'truncated'] });
});

followTest('S31 cut behind a link to it', async (t) => {
  await t.create(info(0), t.path('real.log'));
  symlinkSync('real.log', t.log);
  await t.follow();
  await t.write(error(1));
  await t.pass(500);
  await t.step(() => truncateSync(t.path('real.log')));
  await t.write(error(2), t.path('real.log'));
  await t.expect({ findings: [1, 2], events: ['truncated'], destroyed: [1], scan: [t.log] });
});

followTest('what was destroyed unread is not taken for what replaced it', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(error(1));
  await t.pass(500);
  await t.step(() => writeFileSync(t.log, errors(2, 3, 4, 5, 6)));
  expect(t.events).not.toContain('gap');
  await t.expect({ findings: [1, 2, 3, 4, 5, 6], events: ['truncated'], destroyed: [1] });
});
