// AssemblyScript. A place where a literal may stand -> verified hits in ascending order, each position once.
// The tables it reads are written by ../literal-table.ts.
import { sumOfBytes } from './block';
import { countNewlines } from './newlines';

/** As in ../literal-table.ts; 2048 heads. */
const HASH: u32 = 0x9e3779b1;
const HASH_SHIFT: u32 = 21;

/** Heads of the chains of literals by the hash of a key: the first two to four bytes at the place of a candidate. */
let heads: u32 = 0;
let keyMask: u32 = 0;
/** Heads of the chains of literals too short to have a key, by one byte; 0 when there are none. */
let byteHeads: u32 = 0;
let hits: u32 = 0;
/** For each hit the line feeds between it and the beginning of the search. */
let linesBefore: u32 = 0;
let limit: u32 = 0;

let searchFrom: u32 = 0;
let searchTo: u32 = 0;
let count: u32 = 0;
let newlines: u32 = 0;

export function setTables(headsAt: u32, mask: u32, byteHeadsAt: u32): void {
  heads = headsAt;
  keyMask = mask;
  byteHeads = byteHeadsAt;
}

/** `stopAfter`: the search is to stop at the end of a block of bytes when it has more hits than this. */
export function setHits(hitsAt: u32, linesBeforeAt: u32, stopAfter: u32): void {
  hits = hitsAt;
  linesBefore = linesBeforeAt;
  limit = stopAfter;
}

export function beginSearch(from: u32, to: u32): void {
  searchFrom = from;
  searchTo = to;
  count = 0;
  newlines = 0;
}

export function addNewlines(more: i32): void {
  newlines += more;
}

export function newlineCount(): u32 {
  return newlines;
}

/** With those that the lanes hold beside. */
export function newlinesWith(counts: v128): u32 {
  return newlines + sumOfBytes(counts);
}

export function hitCount(): u32 {
  return count;
}

/** Takes back the hits at and behind `end`. */
export function dropHitsFrom(end: u32): void {
  while (count > 0 && load<u32>(hits + ((count - 1) << 2)) >= end) count--;
}

/** Candidates are only mostly in order: literals are found by bytes at different places in them. */
function insert(start: u32, lines: u32): void {
  let at = count << 2;
  while (at > 0 && load<u32>(hits + at - 4) > start) at -= 4;
  if (at > 0 && load<u32>(hits + at - 4) === start) return;
  const behind = (count << 2) - at;
  if (behind > 0) {
    memory.copy(hits + at + 4, hits + at, behind);
    memory.copy(linesBefore + at + 4, linesBefore + at, behind);
  }
  store<u32>(hits + at, start);
  store<u32>(linesBefore + at, lines);
  count++;
}

/** Literals are stored as blocks of 16 bytes, each followed by the mask of those that count. */
function equals(at: u32, blocks: u32, length: u32): bool {
  const end = at + length;
  for (; at < end; at += 16, blocks += 32) {
    const other = v128.xor(v128.load(at), v128.load(blocks));
    if (v128.any_true(v128.and(other, v128.load(blocks, 16)))) return false;
  }
  return true;
}

function tryChain(entry: u32, at: u32, mark: u32, linesToMark: u32): void {
  while (entry !== 0) {
    const start = at - load<u32>(entry, 4);
    const length = load<u32>(entry, 8);
    if (start >= searchFrom && start + length <= searchTo && equals(start, load<u32>(entry, 12), length)) {
      insert(start, linesTo(start, mark, linesToMark));
    }
    entry = load<u32>(entry);
  }
}

function linesTo(start: u32, mark: u32, linesToMark: u32): u32 {
  return start < mark ? linesToMark - countNewlines(start, mark) : linesToMark + countNewlines(mark, start);
}

/**
 * Tries the 64 bytes at `base` whose bits are set; true when the search is to stop. Up to `mark`, a place nearby, there are so
 * many line feeds.
 */
export function tryBlock(base: u32, candidates: u64, mark: u32, linesToMark: u32): bool {
  while (candidates !== 0) {
    const at = base + (ctz(candidates) as u32);
    const key = load<u32>(at) & keyMask;
    tryChain(load<u32>(heads + (((key * HASH) >>> HASH_SHIFT) << 2)), at, mark, linesToMark);
    if (byteHeads !== 0) tryChain(load<u32>(byteHeads + ((load<u8>(at) as u32) << 2)), at, mark, linesToMark);
    candidates &= candidates - 1;
  }
  return count > limit;
}
