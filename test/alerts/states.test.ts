import { describe, expect, test } from '@jest/globals';
import { acknowledge, declareResolved } from '../../src/alerts/acts.ts';
import { statusOf } from '../../src/alerts/status.ts';
import { AlertPlay, DAY, HOUR, MINUTE, sighting, success, words } from '../helpers/alert-play.ts';

function changesOf(play: AlertPlay): readonly string[] {
  return (play.last?.changes ?? []).map(({ before, incident }) => `${before ?? '-'} ${incident.state}`);
}

describe('a fault', () => {
  test('fires when it is seen, goes on, and is quiet when it is not seen for half an hour', () => {
    const play = new AlertPlay();
    expect(words(play.run(0, [sighting()]).notices)).toEqual(['new firing VNA1001']);
    expect(changesOf(play)).toEqual(['- firing']);
    play.run(5 * MINUTE, [sighting()]);
    expect(changesOf(play)).toEqual(['firing ongoing']);
    play.run(10 * MINUTE);
    expect(changesOf(play)).toEqual([]);
    play.run(34 * MINUTE);
    expect(play.states()).toEqual(['ongoing']);
    expect(words(play.run(35 * MINUTE).notices)).toEqual(['closed quiet VNA1001']);
    expect(changesOf(play)).toEqual(['ongoing quiet']);
    expect(play.run(40 * MINUTE).changes).toEqual([]);
  });

  test('is counted: since it opened, and in this run', () => {
    const play = new AlertPlay();
    play.run(0, [sighting(), sighting()]);
    play.run(MINUTE, [sighting({ time: '2026-11-23T05:01:00' })]);
    expect(play.book.incidents).toMatchObject([
      { count: 3, fresh: 1, runs: 2, lastTime: '2026-11-23T05:01:00' },
    ]);
    play.run(2 * MINUTE);
    expect(play.book.incidents).toMatchObject([{ count: 3, fresh: 0, runs: 2 }]);
  });

  test('that comes back is news, and goes on counting its changes', () => {
    const play = new AlertPlay();
    const first = play.run(0, [sighting()]).changes[0];
    play.run(30 * MINUTE);
    const back = play.run(40 * MINUTE, [sighting()]);
    expect(words(back.notices)).toEqual(['new firing VNA1001']);
    expect(changesOf(play)).toEqual(['quiet firing']);
    expect(back.changes[0]?.incident.count).toBe(1);
    expect(back.changes[0]?.incident.sequence).toBeGreaterThan(first?.incident.sequence ?? 0);
    expect(back.changes[0]?.id).not.toBe(first?.id);
  });

  test('is forgotten a day after it was over', () => {
    const play = new AlertPlay();
    play.run(0, [sighting()]);
    play.run(30 * MINUTE);
    play.run(30 * MINUTE + DAY);
    expect(play.book.incidents).toHaveLength(1);
    play.run(31 * MINUTE + DAY);
    expect(play.book).toMatchObject({ incidents: [], advice: {}, groups: [] });
  });

  test('is not quiet sooner because the clock was set back', () => {
    const play = new AlertPlay();
    play.run(DAY, [sighting()]);
    play.run(0);
    expect(play.states()).toEqual(['ongoing']);
    play.run(29 * MINUTE);
    expect(play.states()).toEqual(['ongoing']);
    play.run(30 * MINUTE);
    expect(play.states()).toEqual(['quiet']);
  });
});

describe('quiet', () => {
  test('waits for three times the mean gap of a fault that is rare', () => {
    const play = new AlertPlay();
    for (const at of [0, 20, 40]) play.run(at * MINUTE, [sighting()]);
    play.run(99 * MINUTE);
    expect(play.states()).toEqual(['ongoing']);
    play.run(100 * MINUTE);
    expect(play.states()).toEqual(['quiet']);
  });

  test('takes what was asked for as it is', () => {
    const play = new AlertPlay({ quietAfter: 10 * MINUTE });
    for (const at of [0, 20, 40]) play.run(at * MINUTE, [sighting()]);
    play.run(50 * MINUTE);
    expect(play.states()).toEqual(['quiet']);
  });

  test('takes what the rule says before that', () => {
    const rule = { quietAfter: HOUR, repeat: null, fire: null, inhibits: [] };
    const play = new AlertPlay({
      quietAfter: 10 * MINUTE,
      rules: new Map([['aws.invalid-client-token-id', rule]]),
    });
    play.run(0, [sighting()]);
    play.run(59 * MINUTE);
    expect(play.states()).toEqual(['ongoing']);
    play.run(60 * MINUTE);
    expect(play.states()).toEqual(['quiet']);
  });
});

describe('a log that does not grow', () => {
  test('makes the fault stale, not quiet; that is told once, and is no end', () => {
    const play = new AlertPlay();
    play.run(0, [sighting()]);
    play.run(29 * MINUTE, [], false);
    expect(play.states()).toEqual(['ongoing']);
    expect(words(play.run(30 * MINUTE, [], false).notices)).toEqual(['changed stale VNA1001']);
    expect(statusOf(play.book, play.time(30 * MINUTE)).status).toBe('CRITICAL');
    expect(play.run(40 * MINUTE, [], false).notices).toEqual([]);
    expect(words(play.run(45 * MINUTE).notices)).toEqual(['closed quiet VNA1001']);
  });

  test('and then shows the fault again has it go on, without a notice; the next silence is no news', () => {
    const play = new AlertPlay({ repeat: DAY });
    play.run(0, [sighting()]);
    play.run(30 * MINUTE, [], false);
    expect(play.run(35 * MINUTE, [sighting()]).notices).toEqual([]);
    expect(play.states()).toEqual(['ongoing']);
    expect(play.run(3 * HOUR, [], false).notices).toEqual([]);
    expect(play.states()).toEqual(['stale']);
  });

  test('grew for a part of the time only: neither quiet nor stale before the rest is over', () => {
    const play = new AlertPlay();
    play.run(0, [sighting()]);
    play.run(20 * MINUTE);
    play.run(49 * MINUTE, [], false);
    expect(play.states()).toEqual(['ongoing']);
    play.run(50 * MINUTE, [], false);
    expect(play.states()).toEqual(['stale']);
  });
});

describe('a fault that comes and goes', () => {
  function flap(play: AlertPlay): void {
    for (const hour of [0, 1]) {
      play.run(hour * HOUR, [sighting()]);
      play.run(hour * HOUR + 30 * MINUTE);
      expect(play.states()).toEqual(['quiet']);
    }
    play.run(2 * HOUR, [sighting()]);
  }

  test('is flapping the third time in six hours: told once, and open', () => {
    const play = new AlertPlay();
    flap(play);
    expect(words(play.run(2.5 * HOUR).notices)).toEqual(['changed flapping VNA1001']);
    expect(statusOf(play.book, play.time(2.5 * HOUR)).status).toBe('CRITICAL');
    expect(play.run(2.75 * HOUR, [sighting()]).notices).toEqual([]);
    expect(play.states()).toEqual(['flapping']);
  });

  test('is quiet after four times as long', () => {
    const play = new AlertPlay();
    flap(play);
    play.run(2.5 * HOUR);
    play.run(3.9 * HOUR);
    expect(play.states()).toEqual(['flapping']);
    expect(words(play.run(4 * HOUR).notices)).toEqual(['closed quiet VNA1001']);
  });

  test('with seven hours between is a new one each time', () => {
    const play = new AlertPlay();
    for (const hour of [0, 7, 14, 21]) {
      play.run(hour * HOUR, [sighting()]);
      expect(play.states()).toEqual(['firing']);
      play.run(hour * HOUR + 30 * MINUTE);
      expect(play.states()).toEqual(['quiet']);
    }
  });

  test('is flapping where success stands between, and no further success ends it', () => {
    const play = new AlertPlay();
    const both = [sighting(), success()];
    play.run(0, [...both, ...both, ...both, sighting()]);
    expect(play.states()).toEqual(['flapping']);
    expect(words(play.last?.notices ?? [])).toEqual(['new flapping VNA1001']);
    play.run(5 * MINUTE, [success()]);
    expect(play.states()).toEqual(['flapping']);
  });
});

describe('resolved', () => {
  test('needs a record of success behind the fault, and says which', () => {
    const play = new AlertPlay();
    play.run(0, [success(), sighting()]);
    expect(play.states()).toEqual(['firing']);
    expect(words(play.run(5 * MINUTE, [success()]).notices)).toEqual(['closed resolved VNA1001']);
    expect(play.book.incidents[0]?.resolvedBy).toBe('oc.log:7: connected');
    expect(statusOf(play.book, play.time(5 * MINUTE)).status).toBe('OK');
  });

  test('within the run that opened it is told in one notice', () => {
    const play = new AlertPlay();
    expect(words(play.run(0, [sighting(), success()]).notices)).toEqual(['closed resolved VNA1001']);
  });

  test.each([
    ['another region', { region: 'eu-west-1' }],
    ['another host', { host: 'other' }],
    ['another plugin', { plugin: 'DNAC_PLUGIN' }],
    ['another rule', { rule: 'aws.access-denied' }],
    ['a service it does not name, where the rule wants the same', { same: ['service'] as const }],
    ['another service, where the rule wants the same', { service: 'AmazonEC2', same: ['service'] as const }],
  ])('is not proved by %s', (_name, fields) => {
    const play = new AlertPlay();
    play.run(0, [sighting({ region: 'us-east-1', service: 'AmazonIdentityManagement' }), success(fields)]);
    expect(play.states()).toEqual(['firing']);
  });

  test('is proved by the same service as another generation of the SDK names it', () => {
    const play = new AlertPlay();
    const proof = success({ service: 'Iam', region: 'us-east-1', same: ['service', 'region'] });
    play.run(0, [sighting({ region: 'us-east-1', service: 'AmazonIdentityManagement' }), proof]);
    expect(play.states()).toEqual(['resolved']);
  });

  test('by word of an administrator is told by the next run, and undone by the next sighting', () => {
    const play = new AlertPlay();
    play.run(0, [sighting()]);
    const word = { by: 'eva', reason: 'new key', at: play.time(MINUTE) };
    play.book = declareResolved(play.book, 'vna1001', word).book;
    expect(statusOf(play.book, play.time(MINUTE)).status).toBe('OK');
    const { notices, changes } = play.run(5 * MINUTE);
    expect(words(notices)).toEqual(['closed resolved VNA1001']);
    expect(changes).toMatchObject([
      { before: 'firing', incident: { state: 'resolved', resolvedBy: 'eva: new key' } },
    ]);
    expect(words(play.run(10 * MINUTE, [sighting()]).notices)).toEqual(['new firing VNA1001']);
  });
});

describe('an acknowledged fault', () => {
  test('is not repeated, stays in the status, and its end is told', () => {
    const play = new AlertPlay({ repeat: HOUR, quietAfter: HOUR });
    play.run(0, [sighting()]);
    play.book = acknowledge(play.book, 'aws.invalid-client-token-id', {
      by: 'eva',
      reason: 'ticket 7',
      at: play.time(MINUTE),
    }).book;
    expect(play.run(2 * HOUR, [sighting()]).notices).toEqual([]);
    expect(statusOf(play.book, play.time(2 * HOUR))).toMatchObject({ status: 'CRITICAL', acknowledged: 1 });
    expect(words(play.run(3 * HOUR).notices)).toEqual(['closed quiet VNA1001']);
  });

  test('is news when its key changes, and unacknowledged when it comes back', () => {
    const play = new AlertPlay({ quietAfter: HOUR });
    play.run(0, [sighting()]);
    play.book = acknowledge(play.book, 'VNA1001', { by: 'eva', reason: 'x', at: play.time(1) }).book;
    const swapped = sighting({ accessKey: 'AKIA…MPLE', variant: 'permanent-key' });
    expect(words(play.run(HOUR, [swapped]).notices)).toEqual(['changed ongoing VNA1001']);
    play.run(2 * HOUR);
    play.run(3 * HOUR, [sighting()]);
    expect(play.book.incidents[0]?.acknowledged).toBeNull();
  });

  test.each([
    ['VNA1999', 'a reason', 'no open fault is called `VNA1999`'],
    ['VNA1001', ' ', 'a reason is needed'],
  ])('%s, %s is refused', (name, reason, message) => {
    const play = new AlertPlay();
    play.run(0, [sighting()]);
    expect(() => acknowledge(play.book, name, { by: 'eva', reason, at: 0 })).toThrow(message);
  });
});
