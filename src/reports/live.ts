// Findings as they happen. For people the first of a fault is its block, and repeats are counted: a line at the second,
// tenth, hundredth, and every so often. For programs every finding and every event is a line.
import { faultsOf } from '../findings/fault.ts';
import type { Finding } from '../findings/finding.ts';
import { FaultGroups } from '../findings/group.ts';
import { serialise } from '../findings/serialise.ts';
import type { FollowEvent } from '../lib/follow-event.ts';
import { describeFinding } from './brief.ts';
import type { LiveFormat } from './live-format.ts';
import { paintWith } from './paint.ts';
import { prettyLook } from './pretty.ts';
import { blockOf, type Look } from './prose.ts';
import type { LookOptions } from './report.ts';
import { show } from './show.ts';
import { textLook } from './text.ts';
import { showCount, showTime } from './words.ts';

export interface LiveReport {
  finding(finding: Finding, now: number): string;
  event(event: FollowEvent): string;
}

/** Faults that are remembered; the one heard of longest ago makes room. */
const MOST_FAULTS = 1000;

export interface LiveOptions extends LookOptions {
  /** Milliseconds after which a fault that goes on is counted out again. */
  readonly repeatMs: number;
}

export function openLiveReport(format: LiveFormat, options: LiveOptions): LiveReport {
  if (format === 'ndjson')
    return { finding: (finding) => `${serialise(finding)}\n`, event: (event) => `${serialise(event)}\n` };
  const paint = paintWith(options.color);
  if (format === 'brief')
    return { finding: (finding) => `${describeFinding(finding, paint)}\n`, event: () => '' };
  return new ProseLive(format === 'pretty' ? prettyLook(options) : textLook(options), options);
}

interface Told {
  count: number;
  /** When it was last spoken of. */
  at: number;
  readonly first: string | null;
}

class ProseLive implements LiveReport {
  readonly #look: Look;
  readonly #options: LiveOptions;
  readonly #told = new Map<string, Told>();

  constructor(look: Look, options: LiveOptions) {
    this.#look = look;
    this.#options = options;
  }

  finding(finding: Finding, now: number): string {
    const { fingerprint } = finding;
    const told = this.#told.get(fingerprint) ?? { count: 0, at: now, first: finding.time };
    told.count += 1;
    // The last heard of is the last to make room.
    this.#told.delete(fingerprint);
    this.#told.set(fingerprint, told);
    if (this.#told.size > MOST_FAULTS) this.#told.delete(this.#told.keys().next().value ?? '');
    if (told.count === 1) return `${this.#block(finding)}\n`;
    const isRound = told.count === 2 || /^10+$/.test(String(told.count));
    if (!isRound && now - told.at < this.#options.repeatMs) return '';
    told.at = now;
    return this.#again(finding, told);
  }

  event(): string {
    return '';
  }

  #block(finding: Finding): string {
    const groups = new FaultGroups();
    groups.add(finding);
    return faultsOf(groups.groups())
      .map((fault) => blockOf(fault, new Map(), this.#look))
      .join('');
  }

  #again({ severity, code, time, source, aws }: Finding, { count, first }: Told): string {
    const paint = paintWith(this.#options.color);
    const since = first === null ? '' : ` since ${showTime(show(first))}`;
    const last = time === null ? '' : `, last ${showTime(show(time))}`;
    const region = aws?.region == null ? '' : ` in ${show(aws.region)}`;
    const word = paint.severity(severity, severity.toUpperCase());
    return `${word} ${show(code)}${region}: ${showCount(count)} times${since}${last}, ${show(source.path)}:${source.line}\n`;
  }
}
