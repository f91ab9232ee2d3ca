#!/usr/bin/env node
// The program: argv in, exit status out. `--version` is answered before anything else is loaded.
import { restingAnswer } from './cli/quick-check.ts';
import { version } from './cli/version.ts';

if (process.argv.length === 3 && process.argv[2] === '--version') printVersion();
else void start();

/** What prints everything else is loaded only if this fails. */
function printVersion(): void {
  process.stdout.once('error', () => void start());
  process.stdout.write(`${version()}\n`);
}

async function start(): Promise<void> {
  if (process.argv[2] === 'check' && answerAtOnce(process.argv.slice(2))) return;
  // Should everything that is waited for go away unnoticed, that is no success.
  process.exitCode = 70;
  const { main } = await import('./cli/program.ts');
  process.exitCode = await main(process.argv.slice(2));
}

/** A monitoring system asks every few minutes, and in most cases nothing has changed. */
function answerAtOnce(argv: readonly string[]): boolean {
  const answer = restingAnswer(argv);
  if (answer === null) return false;
  process.exitCode = answer.status;
  // Whoever is not answered must not take it for a good one.
  process.stdout.on('error', () => process.exit(3));
  process.stdout.write(answer.text);
  return true;
}
