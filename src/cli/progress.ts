// How far a scan has come, on one line of standard error, for people only: silent at first, gone at the end.
import { formatSize } from '../lib/sizes.ts';
import { ticks } from '../lib/ticks.ts';
import type { ReadMeter } from '../sources/source.ts';

/** A scan that is done by then needs no progress. */
const SILENT_MS = 1000;
const EVERY_MS = 200;

/** The line: what was read of what, how fast, and how long it will take. */
export function progressLine({ read, total }: ReadMeter, elapsedMs: number): string {
  const rate = elapsedMs > 0 ? (read / elapsedMs) * 1000 : 0;
  const speed = `${formatSize(rate)}/s`;
  if (total === null || total === 0) return `${formatSize(read)} read, ${speed}`;
  const share = Math.min(1, read / total);
  const left = rate > 0 ? `, ${formatSeconds((total - read) / rate)} left` : '';
  return `${Math.floor(share * 100)} % of ${formatSize(total)}, ${speed}${left}`;
}

function formatSeconds(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  return minutes < 60
    ? `${minutes} min ${whole % 60} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** What the display needs of the world; the real one has timers and ora. */
export interface Ticker {
  /** Calls `action` after `delay` ms, then every `period` ms, until the function it returns is called. */
  start(delay: number, period: number, action: () => void): () => void;
  now(): number;
}

/** One line that changes. */
export interface Spinner {
  text: string;
  start(): unknown;
  stop(): unknown;
}

export interface Progress {
  /** Lets something else be said on the same terminal, until `show`. */
  hide(): void;
  show(): void;
  /** Leaves no trace. */
  stop(): void;
}

export const NO_PROGRESS: Progress = { hide: () => undefined, show: () => undefined, stop: () => undefined };

/** `lineAt` words the line, given the milliseconds since now; `open` gives `null` where no line can be shown. */
export function showProgress(
  lineAt: (elapsedMs: number) => string,
  ticker: Ticker,
  open: () => Promise<Spinner | null>,
): Progress {
  const started = ticker.now();
  let spinner: Spinner | null = null;
  let opening = false;
  let stopped = false;
  const stopTicking = ticker.start(SILENT_MS, EVERY_MS, () => {
    const text = lineAt(ticker.now() - started);
    if (spinner !== null) spinner.text = text;
    if (opening) return;
    opening = true;
    void open().then((opened) => {
      // The scan may have ended while the library was loaded.
      if (stopped || opened === null) return;
      spinner = opened;
      spinner.text = text;
      spinner.start();
    });
  });
  return {
    hide: () => void spinner?.stop(),
    show() {
      // What is said after the end must not bring it back.
      if (!stopped) spinner?.start();
    },
    stop() {
      stopped = true;
      stopTicking();
      spinner?.stop();
    },
  };
}

export const realTicker: Ticker = {
  now: () => ticks(),
  start(delay, period, action) {
    let timer = setTimeout(function tick() {
      action();
      timer = setTimeout(tick, period);
      timer.unref();
    }, delay);
    // Progress never keeps the program alive.
    timer.unref();
    return () => clearTimeout(timer);
  },
};
