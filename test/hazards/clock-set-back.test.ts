// A machine whose clock was ahead and is put right between two runs: nothing waits for the time that was.
import { expect, test } from '@jest/globals';
import { EMPTY_BOOK } from '../../src/alerts/book.ts';
import { addSilence, silenceOf } from '../../src/alerts/silences.ts';
import { HOUR, MINUTE } from '../helpers/alert-play.ts';
import { withChecked } from '../helpers/checked.ts';
import { error, errors, headOfError, info, TAIL_OF_ERROR } from '../helpers/follow.ts';
import { firing } from '../helpers/notices.ts';
import { DOWN, OutboxPlay, SENT } from '../helpers/outbox-play.ts';

const YEAR = 365 * 24 * HOUR;

test.each([
  ['by two hours', 2 * HOUR],
  ['by a year', YEAR],
])('a fault of a log that stands still is open, %s', (_name, back) =>
  withChecked(async (checked) => {
    checked.create(errors(1, 2) + info(1));
    await checked.run();
    await checked.run({}, -back);
    for (let time = 0; time < 10; time += 1) {
      const { answer } = await checked.run({}, 5 * MINUTE);
      expect([time, answer.status, answer.open.map(({ state }) => state)]).toEqual([
        time,
        'CRITICAL',
        [expect.stringMatching(/ongoing|stale/)],
      ]);
    }
  }),
);

test('a last record is held no longer than it would be', () =>
  withChecked(async (checked) => {
    checked.create(error(1) + headOfError(2) + TAIL_OF_ERROR);
    expect((await checked.run({}, 1000)).numbers).toEqual([]);
    await checked.run({}, -YEAR);
    await checked.run({}, 2 * MINUTE);
    expect(checked.numbers).toEqual([1, 2]);
  }));

test('what is new is found, and told', () =>
  withChecked(async (checked) => {
    checked.create(error(1));
    await checked.run();
    checked.pass(-YEAR);
    checked.write(error(2) + info(1));
    const { numbers, answer } = await checked.run();
    expect([numbers, answer.status]).toEqual([[2], 'CRITICAL']);
  }));

test('a notice does not wait for the time of its next try', async () => {
  const play = new OutboxPlay('one');
  try {
    const notice = firing();
    play.answer(() => DOWN);
    await play.open().enqueue([notice]);
    await play.deliver();
    play.now -= YEAR;
    play.answer(() => SENT);
    await play.deliver();
    expect(play.arrived.map(({ notice: { id } }) => id)).toEqual([notice.id]);
  } finally {
    play.remove();
  }
});

test('a silence does not last until the time that was', () => {
  const now = Date.now();
  const filters = { code: 'VNA1001', rule: null, fingerprint: null, host: null };
  const { book } = addSilence(EMPTY_BOOK, { ...filters, by: 'eva', reason: 'x', at: now, until: now + HOUR });
  const [told] = firing().incidents;
  if (told === undefined) throw new Error('no incident');
  expect(silenceOf(told, book.silences, now)).not.toBeNull();
  expect(silenceOf(told, book.silences, now - YEAR)).toBeNull();
});
