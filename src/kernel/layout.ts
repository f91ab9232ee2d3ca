// Where everything lies in the kernel's memory.
import { tableSize } from './literal-table.ts';
import { SCRATCH_SIZE } from './sample.ts';
import { LONGEST_REACH } from './window.ts';

export interface SearcherSizes {
  /** Bytes; 512 KiB unless given. */
  readonly inputSize?: number;
  /** Inputs, each with a carry of its own: one unless given; a second can be filled while the first is searched. */
  readonly inputs?: number;
  /** Bytes, a multiple of 4096; 1 MiB unless given. */
  readonly carrySize?: number;
  /** How many hits a search holds before it stops; 8192 unless given. */
  readonly hits?: number;
}

/** Where the tables and the hits of one set of literals lie. */
export interface PlanPlaces {
  readonly vectorsAt: number;
  readonly literalsAt: number;
  readonly hitsAt: number;
  /** A count of lines for each hit. */
  readonly linesBeforeAt: number;
  /** Hits for which there is room, and after how many a search stops. */
  readonly hitsRoom: number;
  readonly hitsLimit: number;
  readonly end: number;
}

export interface Layout {
  readonly own: PlanPlaces;
  readonly others: PlanPlaces;
  readonly carrySize: number;
  readonly inputAt: number;
  readonly inputsAt: readonly number[];
  readonly inputSize: number;
  /** Where a sample of the input is counted. */
  readonly scratchAt: number;
  readonly size: number;
}

const PAGE = 4096;
/** Address 0 means none, and blocks are read from up to 64 bytes before the place where a search begins. */
const FIRST_AT = 1024;
const VECTORS_SIZE = 256;
/** Behind the input the kernel reads, and ignores, a block and what a window or a literal's last block adds. */
const PAD = 256;
/** A block of 64 bytes can add hits at each of them, and at as many before it as a window reaches back. */
const SLACK = 2 * (64 + LONGEST_REACH);

const roundUp = (size: number, unit: number): number => Math.ceil(size / unit) * unit;

export function layOut(
  literals: readonly Uint8Array[],
  otherLiterals: readonly Uint8Array[],
  sizes: SearcherSizes,
): Layout {
  const { inputSize = 512 * 1024, inputs = 1, carrySize = 1024 * 1024, hits = 8192 } = sizes;
  const own = layOutPlan(literals, FIRST_AT, hits);
  // Searched for in short stretches, with few hits.
  const others = layOutPlan(otherLiterals, own.end, 0);
  const scratchAt = others.end;
  const carryRoom = roundUp(carrySize, PAGE);
  const inputRoom = roundUp(inputSize + PAD, PAGE);
  const inputAt = roundUp(scratchAt + SCRATCH_SIZE, PAGE) + carryRoom;
  const inputsAt = Array.from({ length: inputs }, (_, input) => inputAt + input * (inputRoom + carryRoom));
  return {
    own,
    others,
    carrySize,
    inputAt,
    inputsAt,
    inputSize,
    scratchAt,
    size: inputAt + inputs * (inputRoom + carryRoom) - carryRoom,
  };
}

function layOutPlan(literals: readonly Uint8Array[], vectorsAt: number, hits: number): PlanPlaces {
  const literalsAt = vectorsAt + VECTORS_SIZE;
  const hitsAt = roundUp(literalsAt + tableSize(literals), 64);
  const hitsLimit = Math.max(hits, SLACK);
  const hitsRoom = hitsLimit + SLACK;
  const linesBeforeAt = hitsAt + hitsRoom * 4;
  const end = roundUp(linesBeforeAt + hitsRoom * 4, 64);
  return { vectorsAt, literalsAt, hitsAt, linesBeforeAt, hitsRoom, hitsLimit, end };
}
