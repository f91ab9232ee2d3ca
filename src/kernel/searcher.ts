// Finds literals in raw bytes and counts line feeds in the same pass, at the speed of memory. The bytes are put into
// the kernel's own memory, which is laid out here and never grows. Knows nothing of logs, and does no I/O.
import { byteShares } from './byte-shares.ts';
import { layOut, type SearcherSizes } from './layout.ts';
import { type LiteralSearch, literalSearch } from './literal-search.ts';
import { instantiateKernel } from './module.ts';
import { planSearch } from './plan.ts';
import { countSample } from './sample.ts';

export interface Searcher extends LiteralSearch {
  /** The whole memory; views of it stay valid. */
  readonly memory: Buffer;
  /** Where input is to be read to, again and again: at the start of a page, for the copy into it is fastest there. */
  readonly inputAt: number;
  /** The same and, where more were asked for, the others. */
  readonly inputsAt: readonly number[];
  readonly inputSize: number;
  /** Bytes before each input that are free for what is carried over from earlier input. */
  readonly carrySize: number;
  /** How many hits all searches so far had, but for those of `others`. */
  readonly found: number;
  /** Searches the same memory for the other literals. */
  readonly others: LiteralSearch;
  /** Line feeds in [from, to). */
  countNewlines(from: number, to: number): number;
  /** Where the line begins that holds `place`; no farther back than `floor`, where one does. */
  lineStart(place: number, floor: number): number;
  /** The first line behind the one that holds `place` that begins as a record may; `end`, where a line begins, if none does. */
  nextBeginning(place: number, end: number): number;
}

/**
 * `literals` are latin1, one character a byte, of any length from 1. `sample` is part of the input, by which the
 * bytes to look for are chosen; without one, a table of what logs hold stands in, as for `others`, which are searched for
 * now and then only.
 * Throws RangeError for an empty literal, or none; of the others, when they are searched for.
 */
export function createSearcher(
  literals: readonly string[],
  sample: Uint8Array | null = null,
  sizes: SearcherSizes = {},
  others: readonly string[] = [],
): Searcher {
  const [bytes, otherBytes] = [bytesOf(literals), bytesOf(others)];
  checkLiterals(bytes);
  const layout = layOut(bytes, otherBytes, sizes);
  const { buffer, kernel } = instantiateKernel(layout.size);
  const memory = Buffer.from(buffer);
  const counts = sample === null ? null : countSample(kernel, buffer, layout.scratchAt, sample);
  const used = { kernel, memory, plan: null };
  const { hits, linesBefore, search } = literalSearch(used, layout.own, () =>
    planSearch(bytes, byteShares(counts)),
  );
  let found = 0;
  return {
    memory,
    inputAt: layout.inputAt,
    inputsAt: layout.inputsAt,
    inputSize: layout.inputSize,
    carrySize: layout.carrySize,
    hits,
    linesBefore,
    get found() {
      return found;
    },
    search: (from, to) => {
      const result = search(from, to);
      found += result.count;
      return result;
    },
    others: literalSearch(used, layout.others, () => {
      checkLiterals(otherBytes);
      return planSearch(otherBytes, byteShares(null));
    }),
    countNewlines: kernel.countNewlines,
    lineStart: kernel.lineStart,
    nextBeginning: kernel.nextBeginning,
  };
}

function bytesOf(literals: readonly string[]): readonly Buffer[] {
  return [...new Set(literals)].map((literal) => Buffer.from(literal, 'latin1'));
}

function checkLiterals(literals: readonly Buffer[]): void {
  if (literals.length === 0 || literals.some(({ length }) => length === 0))
    throw new RangeError('a literal has at least one byte');
}
