// AssemblyScript. Whether the wording of a record is known: takes it apart and looks up its trace, its thread and its wording
// in tables that ../../recogniser.ts fills.
import { copyTo, hashOf, isSame, shortened, writeNumber } from './bytes';
import {
  at,
  beginRecord,
  dropThread,
  findIds,
  findThread,
  headerEnd,
  ID_LENGTH,
  idAt,
  idCount,
  lineEnd,
  STAMP_LENGTH,
  setTrace,
  threadFrom,
  threadTo,
  to,
  traceFrom,
} from './pieces';

/** As in ../../recogniser.ts, like all that is stored in and loaded from tables. */
const NOT_OF_FORM: u32 = 0;
const UNKNOWN_TRACE: u32 = 1;
const UNKNOWN_THREAD: u32 = 2;
const UNKNOWN_WORDING: u32 = 3;
const KNOWN: u32 = 4;

/** What is looked up; an entry's address in its place: it was. */
const LOOK_UP: u32 = 0;
const NO_TRACE: u32 = 1;

const HEADS: u32 = 1024;
/** So many entries are looked at: whoever writes a log can have as many of one hash as they like. */
const MOST_ALIKE: u32 = 64;
const LONGEST_TRACE: u32 = 16 * 1024;
const TAB: u8 = 0x09;
const TRACE_STRIDE: u32 = 32;
const LENGTHS: u32 = 16;
const WORDS: u32 = 40;

let record: u32 = 0;
let facts: u32 = 0;
let traces: u32 = 0;
let threads: u32 = 0;
let wordings: u32 = 0;
let idText: u32 = 0;
let idTextStart: u32 = 0;

export function setRecogniser(
  recordAt: u32,
  factsAt: u32,
  tracesAt: u32,
  threadsAt: u32,
  wordingsAt: u32,
  idTextAt: u32,
  idPrefix: u32,
): void {
  record = recordAt;
  facts = factsAt;
  traces = tracesAt;
  threads = threadsAt;
  wordings = wordingsAt;
  idText = idTextAt;
  idTextStart = idTextAt + idPrefix;
}

/** An entry begins with the next one, its hash, its number, and what is asked for beside the hash. */
function entryOf(heads: u32, hash: u32, shape: u32, bytes: u32): u32 {
  let steps: u32 = 0;
  let entry = load<u32>(heads + ((hash & (HEADS - 1)) << 2));
  for (; entry !== 0 && steps < MOST_ALIKE; entry = load<u32>(entry), steps++) {
    if (load<u32>(entry, 4) !== hash || load<u32>(entry, 12) !== shape) continue;
    if (bytes === 0 ? isOfWording(entry) : isSame(entry + LENGTHS, bytes, shape)) return entry;
  }
  store<u32>(facts, steps, 44);
  return 0;
}

function startOf(stretch: u32): u32 {
  if (stretch === 0) return at + STAMP_LENGTH;
  return stretch === 1 ? threadTo : idAt(stretch - 2) + ID_LENGTH;
}

function endOf(stretch: u32): u32 {
  if (stretch === 0) return threadFrom;
  return stretch === idCount + 1 ? traceFrom : idAt(stretch - 1);
}

function isOfWording(entry: u32): bool {
  let text = entry + WORDS;
  for (let stretch: u32 = 0; stretch < idCount + 2; stretch++) {
    const from = startOf(stretch);
    const length = endOf(stretch) - from;
    if (length !== load<u32>(entry + LENGTHS + (stretch << 2)) || !isSame(text, from, length)) return false;
    text += length;
  }
  return true;
}

/** Copies the stretches of the record at hand to an entry, by which it is known then; yields how many bytes they take. */
export function writeWording(entry: u32, offset: f64): u32 {
  let text = entry + WORDS;
  for (let stretch: u32 = 0; stretch < idCount + 2; stretch++) {
    const from = startOf(stretch);
    const length = endOf(stretch) - from;
    store<u32>(entry + LENGTHS + (stretch << 2), length);
    text = copyTo(text, from, length);
  }
  store<u32>(facts, entry, 36);
  writeIdText(offset);
  return text - entry - WORDS;
}

function tell(result: u32, entry: u32): u32 {
  store<u32>(facts, lineEnd);
  store<u32>(facts, threadFrom, 4);
  store<u32>(facts, threadTo, 8);
  store<u32>(facts, traceFrom, 12);
  store<u32>(facts, idCount, 16);
  for (let number: u32 = 0; number < idCount; number++) store<u32>(facts + (number << 2), idAt(number), 20);
  store<u32>(facts, entry, 36);
  return result;
}

/** Entries of the record at hand; 0 where it has none. */
let trace: u32 = 0;
let thread: u32 = 0;

/** False if what may be one is unknown. */
function lookUpTrace(asked: u32): bool {
  const from = lineEnd + 1;
  trace = asked > NO_TRACE ? asked : 0;
  if (asked === LOOK_UP && from < to && load<u8>(from) === TAB && to - from <= LONGEST_TRACE) {
    const hash = shortened(hashOf(1, from, to - from, TRACE_STRIDE));
    trace = entryOf(traces, hash, to - from, from);
    store<u32>(facts, hash, 40);
    setTrace(from);
    return trace !== 0;
  }
  if (trace !== 0) setTrace(from);
  return true;
}

/** As above. */
function lookUpThread(asked: u32): bool {
  findThread();
  thread = 0;
  if (threadFrom === threadTo) return true;
  thread = asked;
  if (asked === LOOK_UP) {
    const hash = shortened(hashOf(2, threadFrom, threadTo - threadFrom, 8));
    thread = entryOf(threads, hash, threadTo - threadFrom, threadFrom);
    store<u32>(facts, hash, 40);
    if (thread === 0) return false;
  }
  if (load<u32>(thread, 8) !== 0) return true;
  thread = 0;
  dropThread();
  return true;
}

/** Looks at the record of `length` bytes; what is asked of whoever calls is told, and the same record asked for again. */
export function recognise(length: u32, offset: f64, askedTrace: u32, askedThread: u32): u32 {
  if (!beginRecord(record, record + length)) return NOT_OF_FORM;
  if (!lookUpTrace(askedTrace)) return tell(UNKNOWN_TRACE, 0);
  if (!lookUpThread(askedThread)) return tell(UNKNOWN_THREAD, 0);
  if (!findIds()) return NOT_OF_FORM;
  const hash = hashOfWording();
  const shape = idCount | (thread === 0 ? 0 : 8) | (trace === 0 ? 0 : 16);
  const entry = entryOf(wordings, hash, shape, 0);
  store<u32>(facts, hash, 40);
  store<u32>(facts, shape, 48);
  store<u32>(facts, trace, 52);
  store<u32>(facts, thread, 56);
  if (entry === 0) return tell(UNKNOWN_WORDING, 0);
  writeIdText(offset);
  return tell(KNOWN, entry);
}

function hashOfWording(): u32 {
  let hash: u64 = 3;
  for (let stretch: u32 = 0; stretch < idCount + 2; stretch++)
    hash = hashOf(hash, startOf(stretch), endOf(stretch) - startOf(stretch), 8);
  return shortened(hash);
}

/** What the id of a finding is made of: behind the host the header line and the offset. */
function writeIdText(offset: f64): void {
  let end = copyTo(idTextStart, at, headerEnd() - at);
  store<u16>(end, 0x2c22);
  end = writeNumber(end + 2, offset as u64);
  store<u8>(end, 0x5d);
  store<u32>(facts, end + 1 - idText, 60);
}
