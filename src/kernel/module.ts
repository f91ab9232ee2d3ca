// The compiled kernel (assembly/), read and compiled once a process: its threads hand it on.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemCode } from '../lib/errors.ts';

/** Beside a bundle of the program; or where the build puts it, seen from `src/kernel/` as from `dist/kernel/`. */
const PLACES = [
  join(import.meta.dirname, 'kernel.wasm'),
  join(import.meta.dirname, '../../dist/kernel.wasm'),
];

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

/** What is used of Node's global; its types come with those of browsers only. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: new (pages: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer };
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
};

const PAGE = 65536;

/** Can be sent to other threads, which compiles nothing anew. */
export type CompiledKernel = object;

let compiled: CompiledKernel | undefined;

/** Throws when the build has not run. */
export function compiledKernel(): CompiledKernel {
  compiled ??= new WebAssembly.Module(readKernel());
  return compiled;
}

/** To be called before anything is searched for. */
export function useCompiledKernel(kernel: CompiledKernel): void {
  compiled = kernel;
}

/** A kernel with a memory of its own of at least `size` bytes. Throws when the build has not run. */
export function instantiateKernel(size: number): {
  readonly buffer: ArrayBuffer;
  readonly kernel: KernelExports & RecogniserExports;
} {
  const pages = Math.ceil(size / PAGE);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const { exports } = new WebAssembly.Instance(compiledKernel(), { env: { memory } });
  return { buffer: memory.buffer, kernel: exports as KernelExports & RecogniserExports };
}

function readKernel(): Uint8Array {
  const [bundled, built] = PLACES as [string, string];
  try {
    return readFileSync(bundled);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
    return readFileSync(built);
  }
}
