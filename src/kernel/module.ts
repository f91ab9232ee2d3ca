// The compiled kernel (assembly/search.ts), read and compiled once a process: its threads hand it on.
import { type Compiled, compile, instantiate } from './wasm.ts';

export interface KernelExports {
  search(from: number, to: number): number;
  hitCount(): number;
  newlineCount(): number;
  countBytes(from: number, to: number, counts: number): void;
  countPairs(from: number, to: number, distance: number, counts: number): void;
  countNewlines(from: number, to: number): number;
  lineStart(place: number, floor: number): number;
  nextBeginning(place: number, end: number): number;
  setKernel(kernel: number, reach: number): void;
  setHits(hitsAt: number, linesBeforeAt: number, stopAfter: number): void;
  setTables(heads: number, keyMask: number, byteHeads: number): void;
  setPair(first: number, second: number, distance: number): void;
  setKeyed(tablesAt: number, distance: number): void;
  setTeddy(tablesAt: number): void;
}

/** See recogniser.ts. */
export interface RecogniserExports {
  setRecogniser(
    recordAt: number,
    factsAt: number,
    tracesAt: number,
    threadsAt: number,
    wordingsAt: number,
    idTextAt: number,
    idPrefix: number,
  ): void;
  recognise(length: number, offset: number, trace: number, thread: number): number;
  writeWording(entry: number, offset: number): number;
  setFiller(outputAt: number, idAt: number, timeAt: number, wordsAt: number, numbersAt: number): void;
  fill(
    template: number,
    line: number,
    endLine: number,
    offset: number,
    bytes: number,
    time: number,
    trace: number,
    traceLength: number,
  ): number;
}

let compiled: Compiled | undefined;

/** Throws when the build has not run. */
export function compiledKernel(): Compiled {
  compiled ??= compile('kernel');
  return compiled;
}

/** To be called before anything is searched for. */
export function useCompiledKernel(kernel: Compiled): void {
  compiled = kernel;
}

/** A kernel with a memory of its own of at least `size` bytes. Throws when the build has not run. */
export function instantiateKernel(size: number): {
  readonly buffer: ArrayBuffer;
  readonly kernel: KernelExports & RecogniserExports;
} {
  const { buffer, exports } = instantiate(compiledKernel(), size);
  return { buffer, kernel: exports as KernelExports & RecogniserExports };
}
