// Judges the messages of a log shipper one by one. Each holds whole records, so that its findings are known before it is
// confirmed, and nothing of it is remembered but which key was in use.
import { KeyTrail } from '../aws/key-evidence.ts';
import type { Finding } from '../findings/finding.ts';
import { LineSplitter, SLICE } from '../records/lines.ts';
import { recordsIn } from '../records/live-framer.ts';
import { type Message, type MessageFormat, readMessage } from '../records/message.ts';
import type { Line } from '../records/record.ts';
import { streamChunks } from '../sources/follow/stream.ts';
import type { InputStream } from '../sources/stdin.ts';
import { factsOf } from './facts.ts';
import { judge } from './judge.ts';
import { liveTimeOf } from './log-time.ts';
import { type ScanOptions, type ScanSettings, settle } from './settings.ts';

export interface MessageOptions extends ScanOptions {
  readonly input: InputStream;
  readonly format: MessageFormat;
  /** Whether a last line without a line feed is a message: not where its sender may have died within it. */
  readonly takesUnfinished: boolean;
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** A message was dealt with; its findings came before. */
interface Taken {
  readonly type: 'taken';
  /** From 1. */
  readonly number: number;
  /** Where the line held no message: which one of these it is, from 1. */
  readonly empty: number | null;
}

export type MessageEvent = Finding | Taken;

/** A record may be so much longer in the escapes of JSON. */
const ESCAPED = 6;
const ROOM_FOR_FIELDS = 64 * 1024;
/** Logs whose key is remembered; the one heard of longest ago makes room. */
const MOST_LOGS = 1000;

interface Trail {
  readonly keys: KeyTrail;
  /** Bytes of its messages so far. */
  bytes: number;
}

export async function* tailMessages(options: MessageOptions): AsyncGenerator<MessageEvent> {
  const settings = settle(options);
  const trails = new Map<string, Trail>();
  let empties = 0;
  for await (const line of linesOf(options, settings)) {
    // Told to end: what is not confirmed comes again.
    if (options.signal.aborted) return;
    const message = readMessage(line.text, options.format);
    if (message === null) empties += 1;
    else yield* judgeMessage(message, trails, settings, options.now());
    yield { type: 'taken', number: line.number, empty: message === null ? empties : null };
  }
}

async function* linesOf(
  { input, signal, takesUnfinished }: MessageOptions,
  { recordLimits }: ScanSettings,
): AsyncGenerator<Line> {
  const splitter = new LineSplitter(recordLimits.maxBytes * ESCAPED + ROOM_FOR_FIELDS);
  for await (const chunk of streamChunks(input, signal)) {
    for (let at = 0; at < chunk.length; at += SLICE) yield* splitter.push(chunk.subarray(at, at + SLICE));
  }
  if (takesUnfinished) yield* splitter.end();
}

async function* judgeMessage(
  { bytes, path, offset }: Message,
  trails: Map<string, Trail>,
  settings: ScanSettings,
  now: number,
): AsyncGenerator<Finding> {
  const name = path ?? '-';
  const trail = trailOf(name, trails);
  // Lines are counted within the message, and bytes too where its place in the log is not known: a message that is
  // sent again then brings findings of the same names.
  const start = { line: 1, offset: offset ?? 0 };
  for (const record of recordsIn(bytes, settings.recordLimits, start)) {
    const key = trail.keys.observe(record, trail.bytes + record.position.offset - (offset ?? 0));
    if (!settings.rules.concerns(record)) continue;
    yield* await judge(
      factsOf(record, () => key),
      name,
      async () => liveTimeOf(record, settings.zone, now),
      settings,
    );
  }
  trail.bytes += bytes.length;
}

function trailOf(path: string, trails: Map<string, Trail>): Trail {
  const trail = trails.get(path) ?? { keys: new KeyTrail(), bytes: 0 };
  trails.delete(path);
  trails.set(path, trail);
  if (trails.size > MOST_LOGS) trails.delete(trails.keys().next().value ?? '');
  return trail;
}
