// The outbox: what is queued when, tried when, given up when, and who hears of it.
import { readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { AlertPlay, denied, HOUR, MINUTE, sighting } from '../helpers/alert-play.ts';
import { firing, firingAndQuiet } from '../helpers/notices.ts';
import { BUSY, channelsNamed, DOWN, OutboxPlay, REFUSED, SENT } from '../helpers/outbox-play.ts';

const plays: OutboxPlay[] = [];
afterEach(() => {
  for (const play of plays.splice(0)) play.remove();
});

function start(...names: readonly string[]): OutboxPlay {
  const play = new OutboxPlay(...names);
  plays.push(play);
  return play;
}

function idsOf(play: OutboxPlay, channel = 'one'): readonly string[] {
  return play.arrived.filter((sent) => sent.channel === channel).map(({ notice }) => notice.id);
}

/** Of another group each. */
const [first, second, third] = ['a', 'b', 'c'].map((host) => firing(sighting({ host })));
if (first === undefined || second === undefined || third === undefined) throw new Error('no notices');

describe('queueing', () => {
  test('is on the disk, for the owner alone, one file a notice and channel', async () => {
    const play = start('one', 'two');
    await play.open().enqueue([first]);
    expect(play.files('outbox')).toEqual([`${first.id}.one.json`, `${first.id}.two.json`]);
    const file = join(play.root, 'outbox', `${first.id}.one.json`);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(play.root, 'outbox')).mode & 0o777).toBe(0o700);
    expect(play.strays()).toEqual([]);
  });

  test('once more is no second notice', async () => {
    const play = start('one');
    await play.open().enqueue([first]);
    await play.open().enqueue([first]);
    await play.deliver();
    expect(idsOf(play)).toEqual([first.id]);
  });

  test('a file in its place that was damaged does not count', async () => {
    const play = start('one');
    await play.open().enqueue([first]);
    truncateSync(join(play.root, 'outbox', `${first.id}.one.json`), 100);
    await play.open().enqueue([first]);
    await play.deliver();
    expect(idsOf(play)).toEqual([first.id]);
  });

  test('nothing where there are no channels, and nothing is made', async () => {
    const play = start();
    await play.open().enqueue([first]);
    expect(readdirSync(play.root)).toEqual([]);
    expect(await play.open().depth()).toMatchObject({ waiting: 0, dead: 0, warnings: [], notes: [] });
  });

  test('only for the channels that want it', async () => {
    const play = start('one', 'grave', 'begins', 'denials');
    const [one, grave, begins, denials] = play.channels;
    if (!one || !grave || !begins || !denials) throw new Error('no channels');
    const [began, over] = firingAndQuiet();
    const outbox = play.open([
      one,
      { ...grave, minSeverity: 'critical' },
      { ...begins, sendResolved: false },
      { ...denials, codes: ['VNA1003'] },
    ]);
    await outbox.enqueue([began, over, firing(denied({ host: 'd' }))]);
    const count = (channel: string): number =>
      play.files('outbox').filter((name) => name.includes(`.${channel}.`)).length;
    expect([count('one'), count('grave'), count('begins'), count('denials')]).toEqual([3, 2, 2, 1]);
  });
});

describe('delivery', () => {
  test('is in the order of queueing', async () => {
    const play = start('one');
    await play.open().enqueue([first, second]);
    play.now += 1;
    await play.open().enqueue([third]);
    expect(await play.deliver()).toMatchObject({ sent: 3, waiting: 0, dead: 0 });
    expect(idsOf(play)).toEqual([first.id, second.id, third.id]);
  });

  test('of one channel does not wait for another', async () => {
    const play = start('one', 'two');
    play.answer((channel) => (channel === 'one' ? 'stall' : SENT));
    await play.open().enqueue([first, second]);
    const { sent, waiting, problems } = await play.deliver();
    expect({ sent, waiting, problems }).toEqual({
      ...{ sent: 2, waiting: 2 },
      problems: ['channel one: no answer in time'],
    });
    expect(idsOf(play, 'two')).toEqual([first.id, second.id]);
  });

  test('leaves what there is no time for', async () => {
    const play = start('one');
    await play.open().enqueue([first]);
    expect(await play.open().deliver({ deadline: play.now + 100, open: [], advice: {} })).toMatchObject({
      ...{ sent: 0, waiting: 1, problems: [] },
    });
    await play.deliver();
    expect(idsOf(play)).toEqual([first.id]);
  });

  test('is left to the run that is at it', async () => {
    const play = start('one');
    const outbox = play.open();
    await outbox.enqueue([first]);
    await outbox.locked(async () => {
      expect(await play.deliver()).toMatchObject({ sent: 0 });
    });
    expect(await play.deliver()).toMatchObject({ sent: 1 });
  });

  test('of later notices does not wait for one that fails, but those of its group do', async () => {
    const play = start('one');
    const [began, over] = firingAndQuiet();
    let tries = 0;
    play.answer(() => (++tries === 1 ? BUSY : SENT));
    const other = {
      ...over,
      incidents: [{ ...over.incidents[0], fingerprint: 'ffffffffffff' }],
    } as typeof over;
    await play.open().enqueue([began, other, first]);
    await play.deliver();
    expect(idsOf(play)).toEqual([first.id]);
    play.now += MINUTE;
    await play.deliver();
    expect(idsOf(play)).toEqual([first.id, began.id, over.id]);
  });

  test('tells only the newest of what waits', async () => {
    const play = start('one');
    play.answer(() => DOWN);
    const [began, over] = firingAndQuiet();
    await play.open().enqueue([began]);
    await play.deliver();
    play.now += MINUTE;
    await play.open().enqueue([over]);
    await play.settle();
    expect(idsOf(play)).toEqual([over.id]);
  });

  test('tells no end that a run made which was killed before it was remembered, if the fault is there', async () => {
    const play = start('one', 'two');
    const [began, over] = firingAndQuiet();
    const [incident] = began.incidents;
    const [end] = over.incidents;
    if (incident === undefined || end === undefined) throw new Error('no incidents');
    await play.open().enqueue([over]);
    await play.deliver(play.open(), [incident]);
    expect([play.arrived, play.files('outbox')]).toEqual([[], []]);
    // One that came back since has a new number: its end was true.
    await play.open().enqueue([over]);
    await play.deliver(play.open(), [{ ...incident, sequence: end.sequence + 1 }]);
    expect(idsOf(play)).toEqual([over.id]);
  });

  test('tells the older one too where the newer says nothing of some of its faults', async () => {
    const play = start('one');
    play.answer(() => DOWN);
    const life = new AlertPlay({ minInterval: 0 });
    const both = [sighting({ region: 'eu-west-1' }), sighting({ region: 'eu-west-2' })];
    await play.open().enqueue(life.run(0, both).notices);
    play.now += MINUTE;
    await play.open().enqueue(life.run(HOUR, [sighting({ region: 'eu-west-3' })]).notices.slice(0, 1));
    await play.settle();
    expect(play.arrived).toHaveLength(2);
  });
});

describe('trying again', () => {
  test('waits longer and longer, and over restarts', async () => {
    const play = start('one');
    play.answer(() => BUSY);
    await play.open().enqueue([first]);
    const waits: number[] = [];
    for (let tries = 1; tries <= 6; tries += 1) {
      await play.deliver();
      const file = readFileSync(join(play.root, 'outbox', `${first.id}.one.json`), 'utf8');
      const { nextTry } = (JSON.parse(file) as { body: { nextTry: number } }).body;
      waits.push(nextTry - play.now);
      play.now = nextTry - 1;
      expect(await play.deliver()).toMatchObject({ sent: 0, problems: [] });
      play.now = nextTry;
    }
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16_000]);
  });

  test('waits as long as it was asked to, with all that is for this channel', async () => {
    const play = start('one');
    play.answer(() => ({ ...DOWN, retryAfterMs: 10 * MINUTE }));
    await play.open().enqueue([first, second]);
    await play.deliver();
    play.answer(() => SENT);
    play.now += 9 * MINUTE;
    expect(await play.deliver()).toMatchObject({ sent: 0, waiting: 2 });
    play.now += 2 * MINUTE;
    expect(await play.deliver()).toMatchObject({ sent: 2 });
  });

  test('waits no longer because the clock was set back', async () => {
    const play = start('one');
    play.answer(() => BUSY);
    await play.open().enqueue([first]);
    await play.deliver();
    play.now -= 24 * HOUR;
    await play.settle();
    expect(idsOf(play)).toEqual([first.id]);
  });

  test('a channel that is down is tried once a round', async () => {
    const play = start('one');
    let tries = 0;
    play.answer(() => {
      tries += 1;
      return DOWN;
    });
    await play.open().enqueue([first, second, third]);
    await play.deliver();
    expect(tries).toBe(1);
  });
});

describe('giving up', () => {
  test('at once where it would be refused again; another channel hears of it', async () => {
    const play = start('one', 'two');
    play.answer((channel) => (channel === 'one' ? REFUSED : SENT));
    await play.open().enqueue([first]);
    expect(await play.deliver()).toMatchObject({ sent: 2, dead: 1, waiting: 0 });
    expect(play.files('dead')).toEqual([`${first.id}.one.json`]);
    const [, told] = play.arrived;
    expect(told).toMatchObject({
      channel: 'two',
      notice: {
        reason: 'dead-letter',
        incidents: [{ code: 'VNA1903', example: { message: 'answered 400' } }],
      },
    });
    expect((await play.open().depth()).warnings).toEqual([
      '1 notice could not be delivered for good: oclog alerts dead list says which and why',
    ]);
  });

  test('after ten tries', async () => {
    const play = start('one');
    play.answer(() => BUSY);
    await play.open().enqueue([first]);
    for (let tries = 1; tries < 10; tries += 1) {
      await play.deliver();
      play.now += 6 * MINUTE;
    }
    expect(play.files('dead')).toEqual([]);
    expect(await play.deliver()).toMatchObject({ dead: 1, waiting: 0 });
  });

  test('after six hours, but never untried', async () => {
    const play = start('one');
    play.answer(() => DOWN);
    await play.open().enqueue([first, second]);
    play.now += 7 * HOUR;
    expect(await play.deliver()).toMatchObject({ dead: 2, waiting: 0 });
    const other = start('one');
    await other.open().enqueue([first]);
    other.now += 7 * HOUR;
    expect(await other.deliver()).toMatchObject({ sent: 1, dead: 0 });
  });

  test('on a channel that is not configured any more, after six hours', async () => {
    const play = start('one', 'two');
    await play.open().enqueue([first]);
    const outbox = play.open(channelsNamed('two'));
    await play.deliver(outbox);
    expect(play.files('outbox')).toEqual([`${first.id}.one.json`]);
    play.now += 7 * HOUR;
    await play.deliver(outbox);
    expect(play.files('outbox')).toEqual([]);
    expect(play.arrived.at(-1)).toMatchObject({ channel: 'two', notice: { reason: 'dead-letter' } });
  });

  test('of the notice that a channel does not work raises none', async () => {
    const play = start('one', 'two');
    play.answer(() => REFUSED);
    await play.open().enqueue([first]);
    await play.deliver();
    await play.settle();
    expect(play.files('dead').length).toBe(4);
    expect(play.files('outbox')).toEqual([]);
  });

  test('is not for ever: a letter can be sent again, or dropped', async () => {
    const play = start('one');
    play.answer(() => REFUSED);
    await play.open().enqueue([first, second]);
    await play.deliver();
    const letters = await play.open().dead.list();
    expect(letters).toHaveLength(2);
    const [one, two] = letters;
    if (!one || !two) throw new Error('no letters');
    await play.open().revive(one);
    await play.open().drop(two);
    expect(play.files('dead')).toEqual([]);
    await play.settle();
    expect(idsOf(play)).toEqual([one.notice.id]);
  });

  test('keeps letters for thirty days', async () => {
    const play = start('one');
    play.answer(() => REFUSED);
    await play.open().enqueue([first]);
    await play.deliver();
    play.now += 29 * 24 * HOUR;
    await play.deliver();
    expect(play.files('dead')).toHaveLength(1);
    play.now += 2 * 24 * HOUR;
    await play.deliver();
    expect(play.files('dead')).toEqual([]);
  });
});

test.each([
  ['cut', (path: string) => truncateSync(path, 40)],
  ['empty', (path: string) => truncateSync(path, 0)],
  ['not ours', (path: string) => writeFileSync(path, '{"schema":1}')],
])('a file that is %s is set aside, and said, and holds up nothing', async (_, damage) => {
  const play = start('one');
  await play.open().enqueue([first, second]);
  damage(join(play.root, 'outbox', `${first.id}.one.json`));
  const { sent, problems } = await play.deliver();
  expect(sent).toBe(1);
  expect(problems).toEqual([expect.stringContaining(`${first.id}.one.json.corrupt`)]);
  expect(await play.deliver()).toMatchObject({ sent: 0, problems: [] });
});

test('a queue that cannot be written is an error of the state', async () => {
  const play = start('one');
  writeFileSync(join(play.root, 'outbox'), 'a file in its place');
  await expect(play.open().enqueue([first])).rejects.toMatchObject({ exitStatus: 3 });
});

test('a secret that slipped into a notice does not leave', async () => {
  const play = start('one');
  const key = `AKIA${'IOSFODNN7EXAMPLE'}`;
  await play.open().enqueue([{ ...first, host: key }]);
  await play.deliver();
  expect(JSON.stringify(play.arrived)).not.toContain(key);
  expect(play.arrived).toHaveLength(1);
});
