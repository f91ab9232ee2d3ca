// What holds for any life of any faults, killed runs included.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Change, isOpen, type Notice } from '../../src/alerts/alert.ts';
import { type Act, AlertPlay, DAY, denied, HOUR, MINUTE, sighting, success } from '../helpers/alert-play.ts';

const REGIONS = ['us-east-1', 'eu-west-1', null] as const;

const anyAct: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ region: fc.constantFrom(...REGIONS), variant: fc.constantFrom('a', 'b') }).map(sighting),
  fc
    .record({ region: fc.constantFrom(...REGIONS), plugin: fc.constantFrom('P_PLUGIN', 'Q_PLUGIN') })
    .map(denied),
  fc.record({ region: fc.constantFrom(...REGIONS) }).map(success),
);

interface Step {
  readonly wait: number;
  readonly acts: readonly Act[];
  readonly grows: boolean;
  /** How often the run is killed before it writes its state; its notices may be queued by then. */
  readonly kills: readonly boolean[];
}

const anyStep: fc.Arbitrary<Step> = fc.record({
  wait: fc.oneof(
    fc.integer({ min: 1000, max: 10 * MINUTE }),
    fc.constantFrom(MINUTE, 5 * MINUTE, 30 * MINUTE, HOUR, 7 * HOUR),
  ),
  acts: fc.array(anyAct, { maxLength: 4 }),
  grows: fc.boolean(),
  kills: fc.array(fc.boolean(), { maxLength: 2 }),
});

function nameOf({ incident }: Change): string {
  return `${incident.fingerprint} ${incident.state}`;
}

/** The outbox takes every id once. */
class Outbox {
  readonly notices: Notice[] = [];

  enqueue(notices: readonly Notice[]): void {
    for (const notice of notices) {
      if (!this.notices.some(({ id }) => id === notice.id)) this.notices.push(notice);
    }
  }
}

interface Lived {
  readonly play: AlertPlay;
  readonly outbox: Outbox;
  readonly opened: ReadonlySet<string>;
}

/** Runs the steps, then lets two days pass in which nothing happens. */
function live(steps: readonly Step[], perHour: number): Lived {
  const play = new AlertPlay({ noticesPerHour: perHour });
  const outbox = new Outbox();
  const opened = new Set<string>();
  let at = 0;
  const run = (acts: readonly Act[], grows: boolean): void => {
    const { changes, notices } = play.run(at, acts, grows);
    outbox.enqueue(notices);
    for (const { incident } of changes) opened.add(incident.fingerprint);
  };
  for (const { wait, acts, grows, kills } of steps) {
    for (const isQueued of kills) {
      const { notices } = play.rehearse(at, acts, grows);
      if (isQueued) outbox.enqueue(notices);
      at += 1000;
    }
    run(acts, grows);
    at += wait;
  }
  for (let quiet = 0; quiet < 2 * DAY; quiet += 20 * MINUTE) {
    at += 20 * MINUTE;
    run([], true);
  }
  return { play, outbox, opened };
}

const anyLife = fc.array(anyStep, { minLength: 1, maxLength: 12 });
const anyLimit = fc.constantFrom(1, 2, 5, 20);

test('every fault that opened is told, and so is its end: with few notices an hour, kills, and waits', () => {
  fc.assert(
    fc.property(anyLife, anyLimit, (steps, perHour) => {
      const { play, outbox, opened } = live(steps, perHour);
      const last = new Map(
        outbox.notices.flatMap(({ incidents }) => incidents).map((one) => [one.fingerprint, one.state]),
      );
      expect([...last.keys()].sort()).toEqual([...opened].sort());
      expect([...last.values()].filter(isOpen)).toEqual([]);
      expect(play.book.incidents.filter(({ owed }) => owed !== null)).toEqual([]);
    }),
    { numRuns: 150 },
  );
});

test('a run that is repeated gives the same alerts and notices, ids and all', () => {
  fc.assert(
    fc.property(anyLife, (steps) => {
      const play = new AlertPlay();
      let at = 0;
      for (const { wait, acts, grows } of steps) {
        const killed = play.rehearse(at, acts, grows);
        expect(play.rehearse(at, acts, grows)).toEqual(killed);
        // The repetition comes later: where no timer ran out between, the ids stay.
        const later = new Map(
          play.rehearse(at + 1000, acts, grows).changes.map((one) => [nameOf(one), one.id]),
        );
        for (const change of killed.changes) {
          expect([change.id, undefined]).toContain(later.get(nameOf(change)));
        }
        play.run(at, acts, grows);
        at += wait;
      }
    }),
    { numRuns: 100 },
  );
});

test('no id comes twice, and no hour has more notices than it may', () => {
  fc.assert(
    fc.property(anyLife, anyLimit, (steps, perHour) => {
      const play = new AlertPlay({ noticesPerHour: perHour });
      const notices: Notice[] = [];
      const alerts: string[] = [];
      let at = 0;
      for (const { wait, acts, grows } of steps) {
        const settled = play.run(at, acts, grows);
        notices.push(...settled.notices);
        alerts.push(...settled.changes.map(({ id }) => id));
        at += wait;
      }
      const ids = [...notices.map(({ id }) => id), ...alerts];
      expect(new Set(ids).size).toBe(ids.length);
      for (const { at: from } of notices) {
        const within = notices.filter(({ at: other }) => other >= from && other - from < HOUR);
        expect(within.length).toBeLessThanOrEqual(perHour);
      }
    }),
    { numRuns: 150 },
  );
});
