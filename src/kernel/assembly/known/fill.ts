// AssemblyScript. Fills a template with the pieces of the record that was recognised last. Templates are written by
// ../../recogniser.ts: how many parts, then of each where its text stands, how long it is, and what stands behind it.
import { copyTo, writeNumber } from './bytes';
import { at, headerEnd, ID_LENGTH, idAt, STAMP_LENGTH, threadFrom, threadTo } from './pieces';

const NONE: u32 = 0;
const ID: u32 = 1;
const TIME: u32 = 2;
const PLACE: u32 = 3;
const LINE: u32 = 4;
const STAMP: u32 = 5;
const TRACE: u32 = 7;
const FIRST_REQUEST_ID: u32 = 8;

const PART: u32 = 12;
const OCCURRENCE_ID_LENGTH: u32 = 16;

let output: u32 = 0;
let idAddress: u32 = 0;
let timeAt: u32 = 0;
let betweenLines: u32 = 0;
let numbers: u32 = 0;

/** `words`: `,"endLine":`, `,"offset":` and `,"bytes":`, 16 bytes each. `numbersAt`: where it is told where line numbers stand. */
export function setFiller(
  outputAt: u32,
  idWrittenAt: u32,
  timeWrittenAt: u32,
  words: u32,
  numbersAt: u32,
): void {
  output = outputAt;
  idAddress = idWrittenAt;
  timeAt = timeWrittenAt;
  betweenLines = words;
  numbers = numbersAt;
}

/** Yields how long the output is. `time`: how long what is written in place of the record's own is; 0 for none. */
export function fill(
  template: u32,
  line: f64,
  endLine: f64,
  offset: f64,
  bytes: u32,
  time: u32,
  trace: u32,
  traceLength: u32,
): u32 {
  let end = output;
  let part = template + 4;
  const last = part + load<u32>(template) * PART;
  for (; part < last; part += PART) {
    end = copyTo(end, load<u32>(part), load<u32>(part, 4));
    const gap = load<u32>(part, 8);
    if (gap === TIME) end = time > 0 ? copyTo(end, timeAt, time) : writeStamp(end);
    else if (gap === PLACE) end = writePlace(end, line, endLine, offset, bytes);
    else if (gap === TRACE) end = copyTo(end, trace, traceLength);
    else if (gap !== NONE) end = writePiece(end, gap);
  }
  return end - output;
}

function writePiece(end: u32, gap: u32): u32 {
  if (gap >= FIRST_REQUEST_ID) return copyTo(end, idAt(gap - FIRST_REQUEST_ID), ID_LENGTH);
  if (gap === ID) return copyTo(end, idAddress, OCCURRENCE_ID_LENGTH);
  if (gap === LINE) return copyTo(end, at, headerEnd() - at);
  if (gap === STAMP) return copyTo(end, at, STAMP_LENGTH);
  return copyTo(end, threadFrom, threadTo - threadFrom);
}

/** With a `T` and a stop. */
function writeStamp(target: u32): u32 {
  const end = copyTo(target, at, STAMP_LENGTH);
  store<u8>(target, 0x54, 10);
  store<u8>(target, 0x2e, 19);
  return end;
}

function writePlace(target: u32, line: f64, endLine: f64, offset: f64, bytes: u32): u32 {
  store<u32>(numbers, target - output);
  let end = writeNumber(target, line as u64);
  end = copyTo(end, betweenLines, 11);
  end = writeNumber(end, endLine as u64);
  store<u32>(numbers, end - output, 4);
  end = copyTo(end, betweenLines + 16, 10);
  end = writeNumber(end, offset as u64);
  end = copyTo(end, betweenLines + 32, 9);
  return writeNumber(end, bytes);
}
