// Finds literals in raw bytes and counts line feeds in the same pass, at the speed of memory. The bytes are put into
// the kernel's own memory, which is laid out here and never grows. Knows nothing of logs, and does no I/O.
import { byteShares } from './byte-shares.ts';
import { tableSize, writeTable } from './literal-table.ts';
import { instantiateKernel, type KernelExports } from './module.ts';
import { type Plan, planSearch } from './plan.ts';
import { LONGEST_REACH } from './window.ts';

export interface Searcher {
  /** The whole memory; views of it stay valid. */
  readonly memory: Buffer;
  /** Where input is to be read to, again and again: at the start of a page, for the copy into it is fastest there. */
  readonly inputAt: number;
  readonly inputSize: number;
  /** Bytes before `inputAt` that are free for what is carried over from earlier input. */
  readonly carrySize: number;
  /** The hits of the last search. */
  readonly hits: Uint32Array;
  /**
   * Finds the places in [from, to) of the memory where a literal starts that ends at or before `to`: in ascending
   * order, each once, however many literals start there. Stops early when `hits` has no room for more.
   */
  search(from: number, to: number): SearchResult;
  /** Line feeds in [from, to). */
  countNewlines(from: number, to: number): number;
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

export interface SearcherSizes {
  /** Bytes, multiples of 4096. */
  readonly inputSize?: number;
  readonly carrySize?: number;
  /** Room for hits: a search holds at least this many before it stops. */
  readonly hits?: number;
}

/** As they are numbered in assembly/search.ts. */
const KERNELS: readonly Plan['kernel'][] = ['pair', 'keyed', 'teddy'];

const PAGE = 4096;
/** Behind the input the kernel reads, and ignores, a block and what a window adds. */
const PAD = 256;
/** Address 0 means none, and blocks are read from up to 64 bytes before the place where a search begins. */
const TABLES_AT = 1024;
/** One block can add hits at each of its bytes, and as many before it as a window reaches back. */
const SLACK = 64 + LONGEST_REACH + 4;

const roundUp = (size: number, unit: number): number => Math.ceil(size / unit) * unit;

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
  const { inputSize = 512 * 1024, carrySize = 1024 * 1024, hits: room = 8192 } = sizes;
  if (literals.length === 0 || literals.includes('')) throw new RangeError('a literal has at least one byte');
  const bytes = [...new Set(literals)].map((literal) => Buffer.from(literal, 'latin1'));
  const plan = planSearch(bytes, byteShares(sample));

  const tableAt = TABLES_AT + PAGE;
  const hitsAt = roundUp(tableAt + tableSize(bytes), 64);
  const carryAt = roundUp(hitsAt + (room + SLACK * 2) * 4, PAGE);
  const inputAt = carryAt + roundUp(carrySize, PAGE);
  const { buffer, kernel } = instantiateKernel(inputAt + inputSize + PAD);
  const memory = Buffer.from(buffer);

  const { pairHeads, byteHeads } = writeTable(memory, tableAt, plan.windows, plan.distance);
  kernel.setTables(pairHeads, byteHeads, plan.distance);
  kernel.setHits(hitsAt, room);
  usePlan(kernel, memory, plan);

  const result = { count: 0, newlines: 0, stoppedAt: 0 };
  return {
    memory,
    inputAt,
    inputSize,
    carrySize,
    hits: new Uint32Array(buffer, hitsAt, room + SLACK * 2),
    search: (from, to) => {
      result.stoppedAt = kernel.search(from, to);
      result.count = kernel.hitCount();
      result.newlines = kernel.newlineCount();
      return result;
    },
    countNewlines: (from, to) => kernel.countNewlines(from, to),
  };
}

function usePlan(kernel: KernelExports, memory: Buffer, plan: Plan): void {
  const { distance, windows } = plan;
  kernel.setKernel(KERNELS.indexOf(plan.kernel), Math.max(...windows.map(({ offset }) => offset)));
  if (plan.kernel === 'pair') {
    for (const { literal, offset } of windows) {
      kernel.setPair(literal[offset] ?? 0, literal[offset + distance] ?? 0, distance);
    }
    return;
  }
  memory.set(plan.tables, TABLES_AT);
  if (plan.kernel === 'keyed') kernel.setKeyed(TABLES_AT, distance);
  else kernel.setTeddy(TABLES_AT);
}
