#!/usr/bin/env node
// The program: argv in, exit status out. `--version` is answered before anything else is loaded.
import { writeSync } from 'node:fs';
import { answerAtRest } from './cli/quick-check.ts';
import { version } from './cli/version.ts';

if (process.argv.length === 3 && process.argv[2] === '--version') printVersion();
else void start();

/** Without a stream, which takes longer to load than all this; what prints everything else says why it fails. */
function printVersion(): void {
  try {
    writeSync(1, `${version()}\n`);
  } catch {
    void start();
  }
}

async function start(): Promise<void> {
  // A monitoring system asks every few minutes, and in most cases nothing has changed.
  if (process.argv[2] === 'check' && answerAtRest(process.argv.slice(2))) return;
  // Should everything that is waited for go away unnoticed, that is no success.
  process.exitCode = 70;
  const { main } = await import('./cli/program.ts');
  process.exitCode = await main(process.argv.slice(2));
}
