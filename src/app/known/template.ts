// A finding as text with gaps, made from one whose pieces are marks that stand nowhere else. Filled with the pieces of a record
// it is what that record's finding would have been written as.
import { randomBytes, randomUUID } from 'node:crypto';
import type { Advice, Finding, Severity } from '../../findings/finding.ts';
import { guard } from '../../findings/redact.ts';
import { serialise } from '../../findings/serialise.ts';
import { GAP_CODES, requestIdGap, type Stored } from '../../kernel/recogniser.ts';
import { LONGEST_OUTPUT } from '../../kernel/recogniser-layout.ts';
import { LONGEST_THREAD, MOST_IDS, STAMP_LENGTH } from './pieces.ts';

const TEXT_BYTES = 4096;
/** No text that was cut is as short. */
const UNCUT_BYTES = TEXT_BYTES - 8;
const MOST_THREADS = 4;
const PLACE_AT = '","line":';
/** More than what stands in gaps takes beyond its marks: a trace is shown in twice as many bytes at most. */
const GAPS = 1024 + 2 * TEXT_BYTES;

/** From the year 1000 to about 2900. */
const FIRST_TIME = -30_610_224_000_000;
const TIMES = 60_000_000_000_000;

/** Nobody who writes to a log can know them. */
function newMarks() {
  const word = randomBytes(8).toString('hex').replace(/\d/g, 'x');
  const time = new Date(FIRST_TIME + (randomBytes(6).readUIntBE(0, 6) % TIMES)).toISOString();
  return {
    stamp: time.replace('T', ' ').replace('.', ',').slice(0, STAMP_LENGTH),
    id: `id-${word}`,
    time: `time-${word}`,
    thread: `t${word}`,
    trace: `\tat m.${word}.n(N.java:1)\n`,
    // As `Pieces` takes them: with a letter in the last part.
    ids: Array.from({ length: MOST_IDS }, () => `${randomUUID().slice(0, -1)}a`),
  } as const;
}

export const MARKS = newMarks();
/** In a JSON string, with the line feed before it. */
const SHOWN_TRACE = `\\n\\t${MARKS.trace.trim()}`;

const IN_LOG = [MARKS.stamp, MARKS.thread, MARKS.trace.trim(), MARKS.time, ...MARKS.ids];

export function holdsMark(text: string | null): boolean {
  return text !== null && IN_LOG.some((mark) => text.includes(mark));
}

const GAP_OF: ReadonlyMap<string, number> = new Map<string, number>([
  [MARKS.id, GAP_CODES.id],
  [MARKS.time, GAP_CODES.time],
  [MARKS.stamp, GAP_CODES.stamp],
  [MARKS.thread, GAP_CODES.thread],
  [SHOWN_TRACE, GAP_CODES.trace],
  ...MARKS.ids.map((mark, at) => [mark, requestIdGap(at)] as const),
]);
const ANY_MARK = new RegExp(
  `(${[...GAP_OF.keys()].map((mark) => mark.replace(/[\\.()]/g, '\\$&')).join('|')})`,
);

export interface Template {
  readonly code: string;
  readonly severity: Severity;
  /** Where the kernel has it: the line that is printed, or else the finding as JSON, without its advice. */
  readonly address: number;
  /** The same for every finding. */
  readonly advice: Advice | null;
  /** How much of the record's text is left for its trace, beside a thread of that length. */
  readonly room: (thread: number) => number;
}

/** Where templates are kept; `null` if there is no room. */
export interface Keeper {
  /** Whether findings are printed as they are. */
  readonly asLines: boolean;
  store(text: string): Stored | null;
  storeTemplate(texts: readonly Stored[], gaps: readonly number[]): number | null;
}

/**
 * `null` where a mark stands where it should not, or does not where it should, or there is no room. `line`: the marked record's first one, where
 * it stands in a JSON string as it is.
 */
export function templateOf(
  marked: Finding,
  line: string | null,
  hasTrace: boolean,
  keeper: Keeper,
): Template | null {
  const { advice, ...rest } = marked;
  const finding = { ...rest, id: MARKS.id };
  const { text } = finding.record;
  const adviceText = advice === undefined ? '' : `,"advice":${serialise(advice)}`;
  if (holdsMark(adviceText)) return null;
  if (!text.startsWith(MARKS.stamp) || text.endsWith(MARKS.trace.trimEnd()) !== hasTrace) return null;
  const json = serialise(finding);
  // The last look at what leaves the program is had here.
  if (guard(json + adviceText) !== json + adviceText) return null;
  const place = json.indexOf(PLACE_AT);
  const placeEnd = json.indexOf('}', place);
  const [before, behind] = [json.slice(0, place + PLACE_AT.length), json.slice(placeEnd)];
  const texts: string[] = [];
  const gaps: number[] = [];
  addParts(before, null, texts, gaps);
  gaps.push(GAP_CODES.place);
  addParts(behind.slice(0, -1), line, texts, gaps);
  texts.push(`${texts.pop() ?? ''}${keeper.asLines ? `${adviceText}}\n` : '}'}`);
  const threadsInText = text.split(MARKS.thread).length - 1;
  if (threadsInText > MOST_THREADS) return null;
  const markBytes = threadsInText * MARKS.thread.length + (hasTrace ? MARKS.trace.length : 0);
  const textBytes = Buffer.byteLength(text) - markBytes;
  // What was cut, or may have to be, might have been cut in a piece; a trace alone may be.
  if (!hasTrace && textBytes + threadsInText * LONGEST_THREAD > UNCUT_BYTES) return null;
  if (Buffer.byteLength(json + adviceText) + GAPS > LONGEST_OUTPUT) return null;
  const stored = texts.flatMap((part) => keeper.store(part) ?? []);
  const address = stored.length < texts.length ? null : keeper.storeTemplate(stored, gaps);
  if (address === null) return null;
  return {
    code: finding.code,
    severity: finding.severity,
    address,
    advice: advice ?? null,
    room: (thread) => TEXT_BYTES - textBytes - threadsInText * thread,
  };
}

/** Takes a text apart at its marks; `line` is one, too. */
function addParts(text: string, line: string | null, texts: string[], gaps: number[]): void {
  let rest = text;
  const at = line === null ? -1 : text.indexOf(line);
  if (line !== null && at >= 0) {
    addParts(text.slice(0, at), null, texts, gaps);
    gaps.push(GAP_CODES.line);
    rest = text.slice(at + line.length);
  }
  for (const [place, part] of rest.split(ANY_MARK).entries()) {
    if (place % 2 === 0) texts.push(part);
    else gaps.push(GAP_OF.get(part) ?? GAP_CODES.time);
  }
}
