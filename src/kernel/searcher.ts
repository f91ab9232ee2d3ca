// Finds literals in raw bytes and counts line feeds in the same pass, at the speed of memory. The bytes are put into
// the kernel's own memory, which is laid out here and never grows. Knows nothing of logs, and does no I/O.
import { byteShares } from './byte-shares.ts';
import { layOut, type SearcherSizes } from './layout.ts';
import { loadPlan } from './load-plan.ts';
import { instantiateKernel } from './module.ts';
import { planSearch } from './plan.ts';
import { countSample } from './sample.ts';

export interface Searcher {
  /** The whole memory; views of it stay valid. */
  readonly memory: Buffer;
  /** Where input is to be read to, again and again: at the start of a page, for the copy into it is fastest there. */
  readonly inputAt: number;
  /** The same and, where more were asked for, the others. */
  readonly inputsAt: readonly number[];
  readonly inputSize: number;
  /** Bytes before each input that are free for what is carried over from earlier input. */
  readonly carrySize: number;
  /** The hits of the last search. */
  readonly hits: Uint32Array;
  /** How many hits all searches so far had. */
  readonly found: number;
  /**
   * Finds the places in [from, to) of the memory where a literal starts that ends at or before `to`: in ascending
   * order, each once, however many literals start there. Stops early when `hits` has no room for more.
   */
  search(from: number, to: number): SearchResult;
  /** Line feeds in [from, to). */
  countNewlines(from: number, to: number): number;
  /** Where the line begins that holds `place`; no farther back than `floor`, where one does. */
  lineStart(place: number, floor: number): number;
  /** The first line behind the one that holds `place` that begins as a record may; `end`, where a line begins, if none does. */
  nextBeginning(place: number, end: number): number;
}

/** One object, filled anew by each search. */
interface SearchResult {
  /** How many of `hits` are hits. */
  readonly count: number;
  /** Line feeds in [from, stoppedAt). */
  readonly newlines: number;
  /** All hits before this place are among `hits`, and none behind it; `to` unless it was stopped early. */
  readonly stoppedAt: number;
}

/**
 * `literals` are latin1, one character a byte, of any length from 1. `sample` is part of the input, by which the
 * bytes to look for are chosen; without one, a table of what logs hold stands in.
 * Throws RangeError for an empty literal, or none.
 */
export function createSearcher(
  literals: readonly string[],
  sample: Uint8Array | null = null,
  sizes: SearcherSizes = {},
): Searcher {
  if (literals.length === 0 || literals.includes('')) throw new RangeError('a literal has at least one byte');
  const bytes = [...new Set(literals)].map((literal) => Buffer.from(literal, 'latin1'));
  const layout = layOut(bytes, sizes);
  const { buffer, kernel } = instantiateKernel(layout.size);
  const memory = Buffer.from(buffer);
  const counts = sample === null ? null : countSample(kernel, buffer, layout.scratchAt, sample);
  loadPlan(kernel, memory, layout, planSearch(bytes, byteShares(counts)));

  const result = { count: 0, newlines: 0, stoppedAt: 0 };
  let found = 0;
  return {
    memory,
    inputAt: layout.inputAt,
    inputsAt: layout.inputsAt,
    inputSize: layout.inputSize,
    carrySize: layout.carrySize,
    hits: new Uint32Array(buffer, layout.hitsAt, layout.hitsRoom),
    get found() {
      return found;
    },
    search: (from, to) => {
      result.stoppedAt = kernel.search(from, to);
      result.count = kernel.hitCount();
      found += result.count;
      result.newlines = kernel.newlineCount();
      return result;
    },
    countNewlines: kernel.countNewlines,
    lineStart: kernel.lineStart,
    nextBeginning: kernel.nextBeginning,
  };
}
