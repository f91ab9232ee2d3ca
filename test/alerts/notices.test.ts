import { describe, expect, test } from '@jest/globals';
import type { RulePolicy } from '../../src/alerts/policy.ts';
import { addSilence, removeSilence } from '../../src/alerts/silences.ts';
import { statusOf } from '../../src/alerts/status.ts';
import { AlertPlay, DAY, denied, HOUR, MINUTE, sighting, words } from '../helpers/alert-play.ts';

const KEY = 'aws.invalid-client-token-id';

function ruled(policy: Partial<RulePolicy>, rule = KEY): ReadonlyMap<string, RulePolicy> {
  return new Map([[rule, { quietAfter: null, repeat: null, fire: null, inhibits: [], ...policy }]]);
}

/** Minutes at which a fault that goes on is told again. */
function repeatsOf(play: AlertPlay, severity: 'critical' | 'warning', until: number): readonly number[] {
  const told: number[] = [];
  for (let at = 0; at <= until; at += 5 * MINUTE) {
    if (play.run(at, [sighting({ severity })]).notices.length > 0) told.push(at / HOUR);
  }
  return told;
}

describe('repeats', () => {
  test('of a critical fault come after 1, 4 and 24 hours, then daily', () => {
    expect(repeatsOf(new AlertPlay(), 'critical', 3 * DAY)).toEqual([0, 1, 4, 24, 48, 72]);
  });

  test('of others come daily', () => {
    expect(repeatsOf(new AlertPlay(), 'warning', 2 * DAY)).toEqual([0, 24, 48]);
  });

  test('come as often as was asked for, or as the rule says', () => {
    expect(repeatsOf(new AlertPlay({ repeat: 2 * HOUR }), 'critical', 6 * HOUR)).toEqual([0, 2, 4, 6]);
    const play = new AlertPlay({ repeat: 2 * HOUR, rules: ruled({ repeat: 3 * HOUR }) });
    expect(repeatsOf(play, 'critical', 6 * HOUR)).toEqual([0, 3, 6]);
  });

  test('are in time where cron starts a few seconds early', () => {
    const play = new AlertPlay({ repeat: HOUR });
    play.run(0, [sighting()]);
    expect(play.run(HOUR - 16_000, [sighting()]).notices).toEqual([]);
    expect(words(play.run(HOUR - 14_000, [sighting()]).notices)).toEqual(['repeat ongoing VNA1001']);
  });

  test('come once where the machine slept over several', () => {
    const play = new AlertPlay({ repeat: HOUR, quietAfter: DAY });
    play.run(0, [sighting()]);
    expect(play.run(10.5 * HOUR, [sighting()]).notices).toHaveLength(1);
    expect(play.run(10.6 * HOUR, [sighting()]).notices).toEqual([]);
    expect(play.run(11 * HOUR, [sighting()]).notices).toHaveLength(1);
  });

  test('show all that is open in the group', () => {
    const play = new AlertPlay({ repeat: HOUR, quietAfter: DAY });
    play.run(0, [sighting({ region: 'us-east-1' })]);
    play.run(30 * MINUTE, [sighting({ region: 'eu-west-1' })]);
    expect(words(play.run(HOUR, []).notices)).toEqual(['repeat ongoing VNA1001 VNA1001']);
  });
});

describe('a group', () => {
  test('tells of all its regions and codes in one notice, the gravest first', () => {
    const play = new AlertPlay();
    const { notices } = play.run(0, [
      denied(),
      ...['us-east-1', 'eu-west-1', 'ap-south-1'].map((region) => sighting({ region })),
    ]);
    expect(words(notices)).toEqual(['new firing VNA1001 VNA1001 VNA1001 VNA1003']);
    expect(notices).toMatchObject([{ severity: 'critical', host: 'vna', open: 4, omitted: 0 }]);
    expect(Object.keys(notices[0]?.advice ?? {})).toEqual(['VNA1001/unknown-key', 'VNA1003']);
  });

  test.each([
    ['hosts', [{ host: 'a' }, { host: 'b' }]],
    ['plugins', [{ plugin: 'AWS_PLUGIN' }, { plugin: 'DNAC_PLUGIN' }]],
    ['accounts', [{ account: '111111111111' }, { account: '222222222222', region: 'x' }]],
  ])('is not shared by two %s', (_name, fields) => {
    expect(new AlertPlay().run(0, fields.map(sighting)).notices).toHaveLength(2);
  });

  test('that spoke five minutes ago or less waits, and then tells all of it', () => {
    const play = new AlertPlay();
    play.run(0, [sighting()]);
    expect(play.run(MINUTE, [sighting({ region: 'us-east-1' })]).notices).toEqual([]);
    expect(play.run(4 * MINUTE, [sighting({ region: 'eu-west-1' })]).notices).toEqual([]);
    const { notices } = play.run(5 * MINUTE);
    expect(words(notices)).toEqual(['new ongoing VNA1001 VNA1001']);
    expect(notices).toMatchObject([{ open: 3, heldBack: 3 }]);
  });

  test('does not wait with what is of another kind, nor with the end', () => {
    const play = new AlertPlay({ quietAfter: MINUTE });
    play.run(0, [sighting()]);
    expect(words(play.run(1000, [denied()]).notices)).toEqual(['new firing VNA1003']);
    const more = play.run(2000, [sighting({ region: 'us-east-1' })]);
    expect(more).toMatchObject({ notices: [], isNews: true });
    expect(play.run(3000)).toMatchObject({ notices: [], isNews: false });
    expect(words(play.run(2 * MINUTE).notices)).toEqual(['closed quiet VNA1001 VNA1001 VNA1003']);
  });

  test('does not wait where the news is graver', () => {
    const play = new AlertPlay();
    play.run(0, [denied()]);
    expect(words(play.run(MINUTE, [sighting()]).notices)).toEqual(['new firing VNA1001']);
  });

  test('waits for more of it first where that is asked for', () => {
    const play = new AlertPlay({ groupWait: 30_000 });
    expect(play.run(0, [sighting()]).notices).toEqual([]);
    expect(words(play.run(30_000, [denied()]).notices)).toEqual(['new firing VNA1001 VNA1003']);
  });

  test('is over when all of it is', () => {
    const play = new AlertPlay();
    play.run(0, [sighting({ region: 'us-east-1' }), sighting({ region: 'eu-west-1' })]);
    play.run(10 * MINUTE, [sighting({ region: 'us-east-1' })]);
    expect(play.run(30 * MINUTE).notices).toMatchObject([{ reason: 'closed', open: 1 }]);
    expect(play.run(45 * MINUTE).notices).toMatchObject([{ reason: 'closed', open: 0 }]);
  });
});

describe('a fault whose key or variant changes', () => {
  const old = { accessKey: 'AKIA…OLD1', variant: 'permanent-key' };
  const fresh = { accessKey: 'AKIA…NEW2', variant: 'permanent-key' };

  test('is news once, however the two take turns', () => {
    const play = new AlertPlay();
    play.run(0, [sighting(old)]);
    expect(words(play.run(10 * MINUTE, [sighting(fresh), sighting(old)]).notices)).toEqual([
      'changed ongoing VNA1001',
    ]);
    for (const at of [20, 30, 40]) {
      expect(play.run(at * MINUTE, [sighting(fresh), sighting(old)]).notices).toEqual([]);
    }
  });

  test('is one notice where it is new', () => {
    const play = new AlertPlay();
    expect(words(play.run(0, [sighting(old), sighting(fresh)]).notices)).toEqual(['new firing VNA1001']);
    expect(play.run(10 * MINUTE, [sighting(old)]).notices).toEqual([]);
  });

  test('has the advice of its latest variant', () => {
    const play = new AlertPlay();
    const other = { summary: 'other', why: 'w', steps: [], verify: [], links: [] };
    play.run(0, [sighting(old)]);
    const { notices } = play.run(10 * MINUTE, [sighting({ variant: 'temporary-key', advice: other })]);
    expect(notices[0]?.advice).toEqual({ 'VNA1001/temporary-key': other });
  });
});

describe('inhibition', () => {
  const muting = ruled({ inhibits: [{ rule: 'aws.access-denied', variant: null, when: null }] });

  test('mutes what the open fault explains, but not its status, and no longer than that is open', () => {
    const play = new AlertPlay({ rules: muting });
    const { notices } = play.run(0, [denied(), sighting()]);
    expect(words(notices)).toEqual(['new firing VNA1001']);
    expect(notices).toMatchObject([{ open: 2, muted: 1 }]);
    expect(statusOf(play.book, play.time(0)).open).toHaveLength(2);
    play.run(20 * MINUTE, [denied()]);
    expect(words(play.run(30 * MINUTE).notices)).toEqual(['closed quiet VNA1001', 'new ongoing VNA1003']);
  });

  test('mutes to the end what ends with it', () => {
    const play = new AlertPlay({ rules: muting });
    play.run(0, [denied(), sighting()]);
    expect(words(play.run(30 * MINUTE).notices)).toEqual(['closed quiet VNA1001']);
  });

  test.each([
    ['another host', { host: 'other' }, 2],
    ['an account that is known to be another', { account: '222222222222' }, 2],
    ['an account that is not known', { account: null }, 1],
  ])('and %s', (_name, fields, notices) => {
    const play = new AlertPlay({ rules: muting });
    const told = play.run(0, [denied(fields), sighting({ account: '111111111111' })]).notices;
    const codes = words(told)
      .join(' ')
      .match(/VNA\d+/g);
    expect(codes).toHaveLength(notices);
  });

  test('goes by variants where the rule says so', () => {
    const rules = ruled({ inhibits: [{ rule: KEY, variant: 'wrong-secret', when: 'clock-skew' }] });
    const skew = { variant: 'clock-skew', region: 'us-east-1' };
    const secret = { variant: 'wrong-secret', region: 'eu-west-1' };
    expect(new AlertPlay({ rules }).run(0, [sighting(skew), sighting(secret)]).notices).toMatchObject([
      { incidents: [{ variant: 'clock-skew' }], muted: 1 },
    ]);
    const other = { variant: 'credential-scope', region: 'us-east-1' };
    expect(new AlertPlay({ rules }).run(0, [sighting(other), sighting(secret)]).notices).toMatchObject([
      { incidents: [{}, {}], muted: 0 },
    ]);
  });
});

describe('a silence', () => {
  const nobody = { code: null, rule: null, fingerprint: null, host: null, by: 'eva', reason: 'move' };

  function silenced(fields: Partial<typeof nobody> | Record<string, string>, until = 2 * HOUR): AlertPlay {
    const play = new AlertPlay({ quietAfter: DAY });
    const request = { ...nobody, ...fields, at: play.time(0), until: play.time(until) };
    play.book = addSilence(play.book, request).book;
    return play;
  }

  test.each([
    ['code', { code: 'VNA1001' }],
    ['rule', { rule: KEY }],
    ['host', { host: 'vna' }],
    ['code and host', { code: 'VNA1001', host: 'vna' }],
  ])('by %s mutes notices, not the status; what is still open at its end is told then', (_name, fields) => {
    const play = silenced(fields);
    expect(play.run(0, [sighting()]).notices).toEqual([]);
    expect(statusOf(play.book, play.time(0))).toMatchObject({ status: 'CRITICAL', silenced: 1 });
    expect(play.run(HOUR, [sighting()]).notices).toEqual([]);
    expect(words(play.run(2 * HOUR).notices)).toEqual(['new ongoing VNA1001']);
    expect(play.book.silences).toEqual([]);
  });

  test('of something else mutes nothing', () => {
    expect(silenced({ code: 'VNA1003' }).run(0, [sighting()]).notices).toHaveLength(1);
    expect(silenced({ code: 'VNA1001', host: 'x' }).run(0, [sighting()]).notices).toHaveLength(1);
  });

  test('that was put on after the first notice lets the end be told', () => {
    const play = new AlertPlay();
    play.run(0, [sighting()]);
    const request = { ...nobody, code: 'VNA1001', at: play.time(1), until: play.time(DAY) };
    const { book, silence } = addSilence(play.book, request);
    play.book = book;
    expect(words(play.run(30 * MINUTE).notices)).toEqual(['closed quiet VNA1001']);
    expect(removeSilence(play.book, silence.id).silences).toEqual([]);
    expect(() => removeSilence(play.book, 'nonesuch')).toThrow('there is no silence `nonesuch`');
  });

  test('from beginning to end of a fault has nobody told', () => {
    const play = silenced({ code: 'VNA1001' }, DAY);
    play.run(0, [sighting({ severity: 'warning' })]);
    play.run(DAY - MINUTE);
    expect(play.states()).toEqual(['ongoing']);
    const muted = new AlertPlay();
    muted.book = addSilence(muted.book, {
      ...nobody,
      code: 'VNA1001',
      at: muted.time(0),
      until: muted.time(DAY),
    }).book;
    muted.run(0, [sighting()]);
    expect(muted.run(30 * MINUTE).notices).toEqual([]);
    expect(muted.run(2 * DAY).notices).toEqual([]);
  });

  test.each([
    [{ code: null }, 'names no code'],
    [{ reason: ' ' }, 'needs a reason'],
    [{ until: 0 }, 'must end in the future'],
    [{ until: 91 * DAY }, 'no longer than 90 days'],
  ])('%j is refused', (fields, message) => {
    const request = { ...nobody, code: 'VNA1001', at: 1, until: DAY, ...fields };
    expect(() => addSilence(new AlertPlay().book, request)).toThrow(message);
  });
});

describe('a rule that wants several sightings', () => {
  const rules = ruled({ fire: { count: 3, within: 5 * MINUTE } });

  test('fires with the one that makes them enough', () => {
    const play = new AlertPlay({ rules });
    expect(play.run(0, [sighting(), sighting()]).changes).toEqual([]);
    const { notices } = play.run(5 * MINUTE, [sighting()]);
    expect(words(notices)).toEqual(['new firing VNA1001']);
    expect(play.book.incidents).toMatchObject([{ count: 3 }]);
    expect(play.book.pending).toEqual([]);
  });

  test('counts by the clock of the log where it prints one', () => {
    const play = new AlertPlay({ rules });
    const at = (time: string) => sighting({ time: `2026-11-23T${time}` });
    play.run(0, [at('01:00:00'), at('02:00:00'), at('03:00:00'), at('03:04:00')]);
    expect(play.states()).toEqual([]);
    play.run(HOUR, [at('03:05:00')]);
    expect(play.states()).toEqual(['firing']);
  });

  test('forgets those that were too few', () => {
    const play = new AlertPlay({ rules });
    play.run(0, [sighting(), sighting()]);
    play.run(6 * MINUTE);
    expect(play.book.pending).toEqual([]);
  });
});

test('info faults are followed, but nobody is told', () => {
  const play = new AlertPlay();
  const { notices, changes } = play.run(0, [sighting({ severity: 'info', code: 'VNA1008' })]);
  expect(notices).toEqual([]);
  expect(changes).toHaveLength(1);
  expect(statusOf(play.book, play.time(0)).status).toBe('OK');
});
