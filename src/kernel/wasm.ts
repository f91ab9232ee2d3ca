// What the build made of assembly/: read, compiled, and set up with a memory of its own.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemCode } from '../lib/errors.ts';

/** Beside a bundle of the program; or where the build puts it, seen from `src/kernel/` as from `dist/kernel/`. */
const PLACES = [import.meta.dirname, join(import.meta.dirname, '../../dist')] as const;

/** What is used of Node's global; its types come with those of browsers only. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: new (pages: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer };
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
};

const PAGE = 65536;

/** Can be sent to other threads, which compiles nothing anew. */
export type Compiled = object;

/** Throws when the build has not run. */
export function compile(name: 'kernel' | 'sha256'): Compiled {
  return new WebAssembly.Module(read(`${name}.wasm`));
}

/** With a memory of at least `size` bytes. */
export function instantiate(
  compiled: Compiled,
  size: number,
): { readonly buffer: ArrayBuffer; readonly exports: unknown } {
  const pages = Math.ceil(size / PAGE);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
  return { buffer: memory.buffer, exports };
}

function read(file: string): Uint8Array {
  const [bundled, built] = PLACES;
  try {
    return readFileSync(join(bundled, file));
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
    return readFileSync(join(built, file));
  }
}
