// argv -> exit status. Most command lines are plain and are read at once; the rest (help, whatever is mistyped) goes to
// the reader that can say what is wrong, and takes longer to load than a short scan takes.
import type { Console } from './console.ts';
import { RUN } from './dispatch.ts';
import { readPlainly } from './plain-words.ts';
import { print } from './print.ts';

/** Runs one command line. Throws known errors for the caller to show. */
export async function run(argv: readonly string[], io: Console): Promise<number> {
  const read = readPlainly(argv) ?? (await readAny(argv, io));
  return 'help' in read ? await print(read.help, io) : await RUN[read.command](read.words, read.given, io);
}

async function readAny(argv: readonly string[], io: Console) {
  const { readCommandLine } = await import('./command-line.ts');
  return await readCommandLine(argv, io.stdout.columns ?? 0);
}
