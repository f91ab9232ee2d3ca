// Many sightings and many faults: the book and the notices stay small, and say what they leave out.
import { expect, test } from '@jest/globals';
import { EMPTY_BOOK } from '../../src/alerts/book.ts';
import { statusOf } from '../../src/alerts/status.ts';
import { AlertPlay, denied, HOUR, MINUTE, sighting, words } from '../helpers/alert-play.ts';

const LONG = 'm'.repeat(300);

test('two hundred hits in a second are one notice', () => {
  const play = new AlertPlay();
  const { notices } = play.run(
    0,
    Array.from({ length: 200 }, () => sighting()),
  );
  expect(words(notices)).toEqual(['new firing VNA1001']);
  expect(notices[0]?.incidents).toMatchObject([{ count: 200, fresh: 200 }]);
});

test('ten thousand faults leave a book of some hundred kB and one notice, which says how many it does not list', () => {
  const play = new AlertPlay();
  const faults = Array.from({ length: 10_000 }, (_, index) =>
    denied({
      region: `region-${index}`,
      message: LONG,
      advice: { summary: `${index}`.padEnd(4000), why: '', steps: [], verify: [], links: [] },
    }),
  );
  const { book, notices, changes } = play.run(0, faults);
  expect(JSON.stringify(book).length).toBeLessThan(600_000);
  expect(changes).toHaveLength(301);
  expect(notices).toMatchObject([
    { reason: 'new', omitted: 280, open: 300 },
    { reason: 'new', omitted: 0, incidents: [{ code: 'VNA1902', count: 9700 }] },
  ]);
  expect(JSON.stringify(notices).length).toBeLessThan(200_000);
});

test('a critical fault behind a thousand lesser ones still makes the status critical, and is told', () => {
  const play = new AlertPlay();
  const lesser = Array.from({ length: 1000 }, (_, index) => denied({ region: `region-${index}` }));
  const { notices } = play.run(0, [...lesser, sighting({ region: 'us-east-1' })]);
  expect(statusOf(play.book, play.time(0)).status).toBe('CRITICAL');
  expect(notices[0]).toMatchObject({ severity: 'critical', incidents: [{ code: 'VNA1902' }, {}] });
  expect(notices[0]?.incidents[0]?.example.message).toContain('VNA1001');
});

test('faults that are over make room for new ones', () => {
  const play = new AlertPlay();
  play.run(
    0,
    Array.from({ length: 300 }, (_, index) => denied({ region: `old-${index}` })),
  );
  play.run(30 * MINUTE);
  play.run(
    40 * MINUTE,
    Array.from({ length: 200 }, (_, index) => denied({ region: `new-${index}` })),
  );
  expect(play.book.incidents).toHaveLength(300);
  expect(play.book.incidents.filter(({ code }) => code === 'VNA1902')).toEqual([]);
});

test('a hundred groups at once are twenty notices an hour, the last one a digest; what is critical goes first', () => {
  const play = new AlertPlay({ quietAfter: 2 * HOUR });
  const faults = Array.from({ length: 100 }, (_, index) => denied({ plugin: `P${index}_PLUGIN` }));
  const { notices } = play.run(0, faults);
  expect(notices).toHaveLength(15);
  expect(notices.at(-1)).toMatchObject({ reason: 'digest', plugin: null, omitted: 66, open: 86 });
  expect(play.run(10 * MINUTE, [denied({ plugin: 'LATE_PLUGIN' })]).notices).toEqual([]);
  expect(words(play.run(11 * MINUTE, [sighting()]).notices)).toEqual(['new firing VNA1001']);
  expect(play.run(HOUR - 1, faults).notices).toEqual([]);
  expect(play.run(HOUR, faults).notices).toMatchObject([{ plugin: 'LATE_PLUGIN', heldBack: 3 }]);
});

test('a rule that waits for several sightings remembers a bounded number of faults', () => {
  const fire = { count: 2, within: HOUR };
  const rule = { quietAfter: null, repeat: null, inhibits: [], fire };
  const play = new AlertPlay({ rules: new Map([['aws.access-denied', rule]]) });
  play.run(
    0,
    Array.from({ length: 5000 }, (_, index) => denied({ region: `region-${index}` })),
  );
  expect(play.book.pending).toHaveLength(300);
  expect(play.book.incidents).toEqual([]);
});

test('a run in which nothing happens leaves an empty book empty', () => {
  expect(new AlertPlay().run(0).book).toEqual(EMPTY_BOOK);
});
