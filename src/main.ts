#!/usr/bin/env node
// The program: argv in, exit status out. `--version` is answered before anything else is loaded.
import { version } from './cli/version.ts';

if (process.argv.length === 3 && process.argv[2] === '--version') printVersion();
else void start();

/** What prints everything else is loaded only if this fails. */
function printVersion(): void {
  process.stdout.once('error', () => void start());
  process.stdout.write(`${version()}\n`);
}

async function start(): Promise<void> {
  // Should everything that is waited for go away unnoticed, that is no success.
  process.exitCode = 70;
  const { main } = await import('./cli/program.ts');
  process.exitCode = await main(process.argv.slice(2));
}
