// The records that a trail hands out before another one, against a look at all of them.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { KEY_LITERALS, KEY_LOOK_BACK } from '../../src/aws/key-evidence.ts';
import { LineBytes } from '../../src/records/line-bytes.ts';
import { recordsIn } from '../../src/records/live-framer.ts';
import { HintTrail } from '../../src/records/look-back.ts';
import { DEFAULT_RECORD_LIMITS } from '../../src/records/record.ts';

const REACH = 120;
const LOOK_BACK = { hint: /KEY/, reach: REACH };

const header = fc.constantFrom(
  '10:15:30 ERROR',
  '10:15:30,123 INFO',
  '2024-03-01 10:15:30 WARN',
  'ERROR [A_PLUGIN]',
);
const said = fc.constantFrom(' x', ' KEY', ' KEY KEY', ' and so on, at length, though to no purpose');
const line = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(header, said).map((parts) => `${parts.join('')}\n`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('\tat a KEY\n', '\n', '\0\0', '\ufeff', '{\n', '  "level": "ERROR",\n', '}\n'),
  },
);

/** Offsets of those that hold the hint and begin in reach of `offset`, and not before `from`. */
function expected(log: Buffer, offset: number, from: number): readonly number[] {
  return recordsIn(log.subarray(0, offset), DEFAULT_RECORD_LIMITS)
    .filter(
      ({ raw, position }) =>
        raw.includes('KEY') && offset - position.offset <= REACH && position.offset >= from,
    )
    .map(({ position }) => position.offset);
}

function placesOf(log: Buffer, from: number, to: number): readonly number[] {
  return Array.from(log.toString('latin1', from, to).matchAll(/KEY/g), ({ index }) => from + index);
}

test('they are those that hold the hint, as far back as it counts', () => {
  let found = 0;
  const shift = fc.constantFrom(0, 1000);
  fc.assert(
    fc.property(
      fc.array(line, { minLength: 1, maxLength: 20 }),
      shift,
      fc.array(fc.nat()),
      (lines, shift, looks) => {
        const log = Buffer.from(lines.join(''));
        const starts = recordsIn(log, DEFAULT_RECORD_LIMITS).map(({ position }) => position.offset);
        const trail = new HintTrail(LOOK_BACK);
        // Places come in order.
        const chosen = [...new Set(looks.map((look) => starts[look % starts.length] ?? 0))].sort(
          (a, b) => a - b,
        );
        let before = 0;
        for (const place of chosen) {
          trail.look(new LineBytes(log, shift, log.length, DEFAULT_RECORD_LIMITS), place, 0, (from, to) =>
            placesOf(log, from, to),
          );
          const offsets = trail.before(place + shift).map(({ position }) => position.offset - shift);
          const wanted = expected(log, place, before);
          // Farther back than that may come what begins with the bytes that lead a line.
          expect(offsets.filter((offset) => place - offset <= REACH)).toEqual(wanted);
          found += wanted.length;
          before = place;
        }
      },
    ),
    {
      numRuns: 1000,
      // A byte-order mark behind NUL bytes begins no record, though one is looked at from there on.
      examples: ['\0', '\0\0'].map((led) => [
        [
          '10:15:30 ERROR x\n',
          led,
          '\ufeff',
          '2024-03-01 10:15:30 WARN KEY KEY\n',
          '10:15:30 ERROR x\n',
          '2024-03-01 10:15:30 WARN KEY KEY\n',
          '  "level": "ERROR",\n',
          '10:15:30 ERROR x\n',
          '10:15:30 ERROR x\n',
          '10:15:30 ERROR x\n',
        ],
        0,
        [1744830442],
      ]),
    },
  );
  expect(found).toBeGreaterThan(200);
});

test('what was handed over, and what lies before it, is not looked at again', () => {
  const log = Buffer.from(
    ['KEY 1', 'KEY 2', 'KEY 3', 'x'].map((text) => `10:15:30 ERROR ${text}\n`).join(''),
  );
  const [, second, third, last] = recordsIn(log, DEFAULT_RECORD_LIMITS);
  if (second === undefined || third === undefined || last === undefined) throw new Error('there are four');
  const trail = new HintTrail(LOOK_BACK);
  trail.take(second, second.position.offset);
  trail.skipTo(third.position.offset);
  // Nor does it count what was skipped before.
  trail.skipTo(second.position.offset);
  const lines = new LineBytes(log, 0, log.length, DEFAULT_RECORD_LIMITS);
  trail.look(lines, last.position.offset, 0, (from, to) => placesOf(log, from, to));
  expect(trail.before(last.position.offset).map(({ raw }) => raw)).toEqual([second.raw, third.raw]);
});

test('no more is held than counts', () => {
  const records = recordsIn(Buffer.from('10:15:30 ERROR KEY\n'.repeat(50)), DEFAULT_RECORD_LIMITS);
  const trail = new HintTrail(LOOK_BACK);
  for (const record of records) trail.take(record, record.position.offset);
  const last = records.at(-1)?.position.offset ?? 0;
  const counting = records.filter(({ position }) => last - position.offset <= REACH);
  expect(trail.before(last + 1)).toEqual(counting);
});

test.each(KEY_LITERALS)('what it is told of is not looked for: %s', (hint) => {
  const texts = [hint, 'x', `${hint} AZ ${hint}`, ': AK AS', 'behind'];
  const log = Buffer.from(texts.map((text) => `10:15:30 ERROR ${text}\n`).join(''));
  const offsets = recordsIn(log, DEFAULT_RECORD_LIMITS).map(({ position }) => position.offset);
  const [first = 0, second = 0, , , last = 0] = offsets;
  const shift = 1000;
  const lines = new LineBytes(log, shift, log.length, DEFAULT_RECORD_LIMITS);
  const trail = new HintTrail(KEY_LOOK_BACK);
  trail.beTold(first + shift);
  // Of all that begins as one may, and of more.
  for (const { index } of log.toString('latin1').matchAll(/[A:Kx]/g)) trail.tell(lines, index);
  trail.toldTo = last + shift;
  const found = (place: number): readonly number[] => {
    trail.look(lines, place, 0, () => {
      throw new Error('looks for it');
    });
    return trail.before(place + shift).map(({ position }) => position.offset - shift);
  };
  expect(found(second)).toEqual([first]);
  expect(found(last)).toEqual([offsets[2]]);
});
