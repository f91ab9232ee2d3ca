// Laws of the outbox for any failures and kills: every notice arrives at least once, or is known to be given up, or was
// overtaken by a newer one that says all of it.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Notice } from '../../src/alerts/alert.ts';
import type { Outcome } from '../../src/alerts/channels/channel.ts';
import { AlertPlay, HOUR, MINUTE, sighting } from '../helpers/alert-play.ts';
import { BUSY, DOWN, OutboxPlay, REFUSED, SENT } from '../helpers/outbox-play.ts';

/** A life of faults in several groups, a list of notices for each run; no run is without. */
function lifeOf(runs: number): readonly (readonly Notice[])[] {
  const play = new AlertPlay({ minInterval: 0 });
  const regions = ['eu-west-1', 'eu-west-2'];
  return Array.from({ length: runs }, (_, run) =>
    play.run(
      run * 2 * HOUR,
      ['a', 'b'].flatMap((host, at) =>
        (run + at) % 3 === 2 ? [] : [sighting({ host, region: regions[run % 2] ?? null })],
      ),
    ),
  )
    .map(({ notices }) => notices)
    .filter((notices) => notices.length > 0);
}

const LIFE = lifeOf(8);

function covers(later: Notice, earlier: Notice): boolean {
  const told = new Set(later.incidents.map(({ fingerprint }) => fingerprint));
  return later.group === earlier.group && earlier.incidents.every(({ fingerprint }) => told.has(fingerprint));
}

/** What was queued and neither arrived, nor was given up, nor overtaken. */
function lost(play: OutboxPlay, queued: readonly Notice[], channel: string): readonly Notice[] {
  const arrived = new Set(
    play.arrived.filter((sent) => sent.channel === channel).map(({ notice }) => notice.id),
  );
  const dead = new Set(play.files('dead').map((name) => name.slice(0, -'.json'.length)));
  const isSettled = ({ id }: Notice): boolean => arrived.has(id) || dead.has(`${id}.${channel}`);
  return queued.filter(
    (notice, index) =>
      !isSettled(notice) &&
      !queued.slice(index + 1).some((later) => covers(later, notice) && isSettled(later)),
  );
}

/** One run of a check: what it queued is repeated as long as it is killed before its state is written. */
async function run(
  play: OutboxPlay,
  notices: readonly Notice[],
  kills: readonly (number | null)[],
): Promise<void> {
  const [inQueueing = null, inDelivery = null] = kills;
  if (!(await play.survives(inQueueing, (outbox) => outbox.enqueue(notices))))
    await play.survives(null, (outbox) => outbox.enqueue(notices));
  await play.survives(inDelivery, (outbox) => play.deliver(outbox));
}

const kill = fc.option(fc.integer({ min: 1, max: 60 }), { nil: null, freq: 3 });
const outcome = fc.oneof(
  { weight: 4, arbitrary: fc.constant(SENT) },
  { weight: 2, arbitrary: fc.constantFrom(DOWN, BUSY) },
  { weight: 1, arbitrary: fc.constant(REFUSED) },
);
const story = fc.array(
  fc.record({
    kills: fc.tuple(kill, kill),
    outcomes: fc.array(outcome, { minLength: 1, maxLength: 6 }),
    wait: fc.integer({ min: 0, max: 3 * HOUR }),
  }),
  { minLength: LIFE.length, maxLength: LIFE.length },
);

test('whatever fails and whenever it is killed, nothing is lost and little is left', async () => {
  await fc.assert(
    fc.asyncProperty(story, async (chapters) => {
      const play = new OutboxPlay('one', 'two');
      try {
        const queued: Notice[] = [];
        for (const [index, { kills, outcomes, wait }] of chapters.entries()) {
          let tries = 0;
          play.answer(() => outcomes[tries++ % outcomes.length] ?? SENT);
          const notices = LIFE[index] ?? [];
          queued.push(...notices);
          await run(play, notices, kills);
          play.now += wait;
        }
        await play.settle();
        for (const channel of ['one', 'two']) expect(lost(play, queued, channel)).toEqual([]);
        const own = play.arrived.filter(({ notice }) => notice.reason !== 'dead-letter');
        // Names stay, so that the receiver can drop what it has.
        const ids = new Set(queued.map(({ id }) => id));
        expect(own.every(({ notice }) => ids.has(notice.id))).toBe(true);
        expect(play.files('outbox')).toEqual([]);
        play.now += 2 * HOUR;
        await play.open().enqueue(queued.slice(0, 1));
        await play.settle();
        expect(play.strays()).toEqual([]);
      } finally {
        play.remove();
      }
    }),
    { numRuns: 40 },
  );
}, 120_000);

test('without failures and kills each arrives exactly once, in order', async () => {
  const play = new OutboxPlay('one', 'two');
  for (const notices of LIFE) {
    await run(play, notices, []);
    play.now += 2 * HOUR;
  }
  for (const channel of ['one', 'two'])
    expect(play.arrived.filter((sent) => sent.channel === channel).map(({ notice }) => notice.id)).toEqual(
      LIFE.flat().map(({ id }) => id),
    );
  play.remove();
});

/** How many operations on files a run takes. */
async function countOperations(answer: (channel: string) => Outcome): Promise<readonly [number, number]> {
  const play = new OutboxPlay('one', 'two');
  play.answer(answer);
  await play.survives(null, (outbox) => outbox.enqueue(LIFE[0] ?? []));
  const queueing = play.operations;
  await play.survives(null, (outbox) => play.deliver(outbox));
  play.remove();
  return [queueing, play.operations];
}

test.each([
  ['works', (_channel: string) => SENT],
  ['fails', (_channel: string) => DOWN],
  ['refuses', (channel: string) => (channel === 'one' ? REFUSED : SENT)],
])(
  'killed at each operation while the other side %s, nothing is lost',
  async (_, answer) => {
    const [queueing, delivery] = await countOperations(answer);
    expect(queueing).toBeGreaterThan(10);
    expect(delivery).toBeGreaterThan(10);
    const notices = LIFE[0] ?? [];
    for (let at = 1; at <= queueing + delivery; at += 1) {
      const play = new OutboxPlay('one', 'two');
      play.answer(answer);
      await run(play, notices, at <= queueing ? [at, null] : [null, at - queueing]);
      play.now += MINUTE;
      await play.settle();
      for (const channel of ['one', 'two']) expect(lost(play, notices, channel)).toEqual([]);
      const heard = play.arrived.filter(({ notice }) => notice.reason === 'dead-letter');
      // Of what was given up the other channel heard, whenever that was.
      expect(heard.every(({ channel }) => channel === 'two')).toBe(true);
      expect(heard.length > 0).toBe(play.files('dead').length > 0);
      play.remove();
    }
  },
  120_000,
);
