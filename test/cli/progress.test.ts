import { describe, expect, test } from '@jest/globals';
import { progressLine, type Spinner, showProgress, type Ticker } from '../../src/cli/progress.ts';

const MIB = 1024 ** 2;

/** Time that passes when told to. */
function handTicker(): Ticker & { pass(ms: number): void } {
  let now = 0;
  let next: number | null = null;
  let action = (): void => undefined;
  let every = 0;
  return {
    now: () => now,
    start(delay, period, callback) {
      next = now + delay;
      every = period;
      action = callback;
      return () => {
        next = null;
      };
    },
    pass(ms) {
      const end = now + ms;
      while (next !== null && next <= end) {
        now = next;
        next += every;
        action();
      }
      now = end;
    },
  };
}

function recordingSpinner(): Spinner & { readonly calls: string[] } {
  const calls: string[] = [];
  let text = '';
  return {
    calls,
    get text() {
      return text;
    },
    set text(value) {
      text = value;
      calls.push(value);
    },
    start: () => calls.push('start'),
    stop: () => calls.push('stop'),
  };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('progress', () => {
  test.each([
    [{ read: 0, total: 100 * MIB }, 0, '0 % of 100 MiB, 0 B/s'],
    [{ read: 25 * MIB, total: 100 * MIB }, 1000, '25 % of 100 MiB, 25 MiB/s, 3 s left'],
    [{ read: 10 * MIB, total: 10_000 * MIB }, 1000, '0 % of 9.8 GiB, 10 MiB/s, 16 min 39 s left'],
    [{ read: MIB, total: 100_000 * MIB }, 1000, '0 % of 97.7 GiB, 1 MiB/s, 27 h 46 min left'],
    [{ read: 110 * MIB, total: 100 * MIB }, 1000, '100 % of 100 MiB, 110 MiB/s, 0 s left'],
    [{ read: 3 * MIB, total: null }, 1500, '3 MiB read, 2 MiB/s'],
  ])('%j after %d ms: %s', (meter, elapsed, expected) => {
    expect(progressLine(meter, elapsed)).toBe(expected);
  });

  test('is silent for a second, then one line until it ends', async () => {
    const ticker = handTicker();
    const spinner = recordingSpinner();
    const meter = { read: 0, total: 100 * MIB };
    const progress = showProgress(
      (elapsed) => progressLine(meter, elapsed),
      ticker,
      async () => spinner,
    );
    ticker.pass(999);
    await settled();
    expect(spinner.calls).toEqual([]);
    meter.read = 50 * MIB;
    ticker.pass(1);
    await settled();
    ticker.pass(200);
    progress.hide();
    spinner.calls.push('said');
    progress.show();
    progress.stop();
    ticker.pass(5000);
    progress.hide();
    spinner.calls.push('said last');
    progress.show();
    expect(spinner.calls).toEqual([
      '50 % of 100 MiB, 50 MiB/s, 1 s left',
      'start',
      '50 % of 100 MiB, 41.7 MiB/s, 2 s left',
      'stop',
      'said',
      'start',
      'stop',
      'stop',
      'said last',
    ]);
  });

  test('does not appear if the scan ends while it is being loaded', async () => {
    const ticker = handTicker();
    const spinner = recordingSpinner();
    const progress = showProgress(
      () => 'x',
      ticker,
      async () => spinner,
    );
    ticker.pass(1000);
    progress.stop();
    await settled();
    expect(spinner.calls).toEqual([]);
  });
});
