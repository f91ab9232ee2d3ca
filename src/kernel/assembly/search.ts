// AssemblyScript. The entry: one search of [from, to), whatever its borders, by the kernel that was chosen.
// Memory is laid out by ../searcher.ts; 64 bytes before `from` and 128 behind `to` can be read.
import { addNewlines, beginSearch, dropHitsFrom, newlineCount, tryBlock } from './hits';
import { keyedBits, searchKeyed } from './keyed';
import { countNewlines } from './newlines';
import { pairBits, searchPair } from './pair';
import { searchTeddy, teddyBits } from './teddy';

export { countBytes, countPairs } from './counts';
export { hitCount, newlineCount, setHits, setTables } from './hits';
export { setKeyed } from './keyed';
export { fill, setFiller } from './known/fill';
export { recognise, setRecogniser, writeWording } from './known/recognise';
export { lineStart, nextBeginning } from './lines';
export { countNewlines } from './newlines';
export { setPair } from './pair';
export { setTeddy } from './teddy';

const TEDDY: u32 = 0;
const PAIR: u32 = 1;
const KEYED: u32 = 2;
const KEYED_TWICE: u32 = 3;

let kernel: u32 = PAIR;
/** How far behind the start of a literal its candidate can be. */
let reach: u32 = 0;

/** `chosen`: see above; 4 for four pairs under a key. */
export function setKernel(chosen: u32, farthest: u32): void {
  kernel = chosen;
  reach = farthest;
}

function bitsAt(base: u32): u64 {
  if (kernel === TEDDY) return teddyBits(base);
  if (kernel === PAIR) return pairBits(base);
  if (kernel === KEYED) return keyedBits<u8>(base);
  return kernel === KEYED_TWICE ? keyedBits<u16>(base) : keyedBits<u32>(base);
}

function searchBlocks(at: u32, end: u32): u32 {
  if (kernel === TEDDY) return searchTeddy(at, end);
  if (kernel === PAIR) return searchPair(at, end);
  if (kernel === KEYED) return searchKeyed<u8>(at, end);
  return kernel === KEYED_TWICE ? searchKeyed<u16>(at, end) : searchKeyed<u32>(at, end);
}

/** For `from` at most `to`. Returns where to go on: `to`, or earlier when there is no room for more hits. */
export function search(from: u32, to: u32): u32 {
  beginSearch(from, to);
  const begin = (from + 63) & ~63;
  const end = to & ~63;
  // Candidates outside the borders, in these blocks, are turned away where the literal is compared.
  if (begin > end) {
    tryBlock(end, bitsAt(end), from, 0);
    addNewlines(countNewlines(from, to));
    return to;
  }
  if (from < begin) tryBlock(begin - 64, bitsAt(begin - 64), from, 0);
  addNewlines(countNewlines(from, begin));
  const stopped = searchBlocks(begin, end);
  if (stopped < end) {
    // Hits before this place are complete; a literal that starts behind it may not have been found yet.
    const stop = stopped - reach;
    dropHitsFrom(stop);
    addNewlines(-countNewlines(stop, stopped));
    return stop;
  }
  if (end < to) tryBlock(end, bitsAt(end), end, newlineCount());
  addNewlines(countNewlines(end, to));
  return to;
}
