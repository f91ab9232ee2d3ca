// AssemblyScript -> WebAssembly: compiles the byte kernel to one file and its digest to another, which the program and the tests
// of its sources load.
import { join } from 'node:path';
import asc from 'assemblyscript/asc';

const root = join(import.meta.dirname, '..');

/** Output name -> what it is made of. */
const MODULES = { 'kernel.wasm': 'search.ts', 'sha256.wasm': 'sha256.ts' };

/** `folder` is relative to the project, or to a copy of it at `base`; `only`: one of the files. */
export async function compileKernel(folder, base = root, only = undefined) {
  for (const [name, source] of Object.entries(MODULES))
    if (only === undefined || name === only) await compile(source, `${folder}/${name}`, base);
}

async function compile(source, target, base) {
  const { error, stderr } = await asc.main([
    ...[`src/kernel/assembly/${source}`, '--baseDir', base, '--outFile', target],
    ...['-O3', '--noAssert', '--runtime', 'stub', '--importMemory', '--use', 'abort='],
    // Vectors are exchanged between its own files only.
    ...['--enable', 'simd', '--disableWarning', '112'],
  ]);
  if (error !== null) throw new Error(stderr.toString(), { cause: error });
}

const [, script, folder] = process.argv;
if (script === import.meta.filename) await compileKernel(folder);
