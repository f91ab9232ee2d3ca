// S103: whatever a writer and a rotation do, in any order and between any looks: every line that some file held when it was
// looked at is reported once, and what a scan finds afterwards is what was reported.
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { error, Followed, info, placeOf } from '../helpers/follow.ts';
import { scanPaths } from '../helpers/scan.ts';

const action = fc.constantFrom(
  'line',
  'line',
  'half',
  'rotate',
  'gzip',
  'copy and cut',
  'remake',
  'look',
  'pause',
);
type Action = 'line' | 'half' | 'rotate' | 'gzip' | 'copy and cut' | 'remake' | 'look' | 'pause';

class Writer {
  readonly #t: Followed;
  #number = 0;
  #archives = 0;
  #rest = '';

  constructor(t: Followed) {
    this.#t = t;
  }

  act(action: Exclude<Action, 'look' | 'pause'>): void {
    const { log } = this.#t;
    if (action === 'line') this.#put(`${this.#rest}${this.#next()}`, '');
    else if (action === 'half') this.#half();
    else if (action === 'copy and cut') {
      copyFileSync(log, this.#archive());
      writeFileSync(log, '');
    } else if (action === 'gzip') {
      writeFileSync(`${this.#archive()}.gz`, gzipSync(readFileSync(log)));
      rmSync(log);
    } else if (action === 'rotate') renameSync(log, this.#archive());
    else {
      copyFileSync(log, this.#t.path('copy'));
      renameSync(this.#t.path('copy'), log);
    }
    // A log that was empty at a look and is copied and cut before the next one tells nobody: this writer begins at once.
    if (!existsSync(log) || statSync(log).size === 0) this.#put(info(this.#archives), '');
  }

  #half(): void {
    const text = this.#rest === '' ? this.#next() : this.#rest;
    this.#put(text.slice(0, 100), text.slice(100));
  }

  #put(text: string, rest: string): void {
    appendFileSync(this.#t.log, text);
    this.#rest = rest;
  }

  #next(): string {
    this.#number += 1;
    return error(this.#number);
  }

  #archive(): string {
    this.#archives += 1;
    return this.#t.path(`oc.log.2026-11-${String(this.#archives).padStart(2, '0')}`);
  }
}

test.each(['by events', 'by polling'] as const)(
  '%s',
  async (mode) => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 1, maxLength: 25 }), async (actions) => {
        const t = new Followed(mode, 'oc.log');
        try {
          writeFileSync(t.log, info(0));
          await t.follow();
          const writer = new Writer(t);
          for (const one of actions as Action[]) {
            if (one === 'look') await t.pass(300);
            else if (one === 'pause') await t.pass(1500);
            else if (mode === 'by events') await t.step(() => writer.act(one));
            else writer.act(one);
            // What a copy takes on and loses again before anybody looks is in no file that was seen.
            if (one === 'remake') await t.pass(300);
          }
          await t.pass(3000);
          await t.stop();
          const { findings } = await scanPaths([t.folder]);
          expect(t.findings.map(placeOf).sort()).toEqual(findings.map(placeOf).sort());
        } finally {
          await t.remove();
        }
      }),
      { numRuns: 150 },
    );
  },
  120_000,
);
