// AssemblyScript -> WebAssembly: compiles the byte kernel to one file, which the program and the tests of its sources load.
import { join } from 'node:path';
import asc from 'assemblyscript/asc';

const root = join(import.meta.dirname, '..');

/** `target` is relative to the project, or to a copy of it at `base`. */
export async function compileKernel(target, base = root) {
  const { error, stderr } = await asc.main([
    ...['src/kernel/assembly/search.ts', '--baseDir', base, '--outFile', target],
    ...['-O3', '--noAssert', '--runtime', 'stub', '--importMemory', '--use', 'abort='],
    // Vectors are exchanged between its own files only.
    ...['--enable', 'simd', '--disableWarning', '112'],
  ]);
  if (error !== null) throw new Error(stderr.toString(), { cause: error });
}

const [, script, target] = process.argv;
if (script === import.meta.filename) await compileKernel(target);
