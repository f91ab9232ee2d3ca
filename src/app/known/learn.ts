// Learns what a wording comes to: a record of it, with marks for its pieces, goes the way of every record.
import type { KeyEvidence } from '../../aws/aws-error.ts';
import { proofIn } from '../../aws/key-evidence.ts';
import type { LogRecord, RecordLimits } from '../../records/record.ts';
import { wholeRecord } from '../../records/whole-record.ts';
import { isBlind } from '../../rules/blind.ts';
import { factsOf } from '../facts.ts';
import { findingOf, matchesIn } from '../judge.ts';
import type { ScanSettings } from '../settings.ts';
import { isInnocentWording } from './innocence.ts';
import { ID_LENGTH, type Pieces, STAMP_LENGTH } from './pieces.ts';
import { holdsMark, type Keeper, MARKS, type Template, templateOf } from './template.ts';
import type { Lesson } from './wording.ts';

const MARKED_TIME = { time: MARKS.time, inferred: false };

/** `null` where records of this wording have to be looked at one by one. */
export function lessonOf(pieces: Pieces, settings: ScanSettings): Lesson | null {
  const { rules, redaction } = settings;
  const { trace } = pieces;
  const record = markedRecord(pieces, settings.recordLimits);
  if (record === null) return null;
  const head = pieces.bytes.toString('latin1', pieces.at + STAMP_LENGTH, pieces.threadFrom);
  if (!isInnocentWording(record.raw, head, trace !== null, redaction)) return null;
  const candidates = rules.candidates(record);
  const blind = candidates.filter(({ rule }) => isBlind(rule));
  const asked = blind.filter(({ mayMatch }) => mayMatch(record.raw));
  // What a rule needs might stand in the frames.
  if (trace !== null && asked.length < blind.length) return null;
  return {
    others: candidates.filter(({ rule }) => !isBlind(rule)),
    asked,
    proof: proofIn(record),
    lastLine: record.position.endLine - 1 - (trace === null ? 0 : 1),
    lines: record.raw.split('\n').length - (trace === null ? 0 : 1),
    thread: record.header.thread,
    isPlain:
      JSON.stringify(record.headerLine).length === record.headerLine.length + 2 && isAscii(record.headerLine),
  };
}

/** `null` as above. */
export function templatesOf(
  pieces: Pieces,
  { asked, isPlain }: Lesson,
  key: KeyEvidence | null,
  path: string,
  settings: ScanSettings,
  keeper: Keeper,
): readonly Template[] | null {
  const record = markedRecord(pieces, settings.recordLimits);
  if (record === null) return null;
  const facts = factsOf(record, () => key);
  // Rules may look at these.
  const { service = null, errorCode = null, message = null } = facts.aws ?? {};
  if (holdsMark(service) || holdsMark(errorCode) || holdsMark(message)) return null;
  const templates: Template[] = [];
  for (const match of matchesIn(facts, asked, settings)) {
    // Advice shows what captures found, wherever that stood.
    if (settings.advice && match.rule.capture !== undefined) return null;
    const finding = findingOf(match, facts, path, MARKED_TIME, settings);
    const template = templateOf(finding, isPlain ? record.headerLine : null, pieces.trace !== null, keeper);
    if (template === null) return null;
    templates.push(template);
  }
  return templates;
}

/** `null` if it is over the limits, or its header is another one than that of the pieces. */
function markedRecord(pieces: Pieces, limits: RecordLimits): LogRecord | null {
  const { bytes, at, threadFrom, threadTo, traceFrom, trace } = pieces;
  const hasThread = threadFrom < threadTo;
  let text =
    MARKS.stamp + bytes.toString('latin1', at + STAMP_LENGTH, threadFrom) + (hasThread ? MARKS.thread : '');
  let from = threadTo;
  for (const [number, id] of pieces.ids.entries()) {
    text += bytes.toString('latin1', from, id) + MARKS.ids[number];
    from = id + ID_LENGTH;
  }
  text += bytes.toString('latin1', from, traceFrom) + (trace === null ? '' : MARKS.trace);
  const record = wholeRecord(text, { line: 1, offset: 0 }, limits);
  if (record === null || record.truncated || record.header.timestamp?.date == null) return null;
  const { category, thread } = record.header;
  if (hasThread ? thread !== MARKS.thread : holdsMark(thread)) return null;
  return holdsMark(category) ? null : record;
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 0x7e) return false;
  return true;
}
