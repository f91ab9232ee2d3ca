// A run of the program from its words to its exit status: signals ask for an end, and every fault is put into words.
import { redact, redactLine } from '../findings/redact.ts';
import { describeProblem, KnownError } from '../lib/errors.ts';
import { type Console, openConsole } from './console.ts';
import { isWritingHeldUp } from './pool-output.ts';
import { run } from './run.ts';

const SIGNAL_STATUS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
type EndingSignal = keyof typeof SIGNAL_STATUS;
const INTERRUPTS = ['SIGINT', 'SIGTERM'] as const;
/** A reader of the output that stands still, or a pipe that nobody reads, must not keep a program that was told to end. */
const GRACE_MS = 5000;
const OWN_FAULT = 70;

/** The exit status. Throws nothing. */
export async function main(argv: readonly string[]): Promise<number> {
  const abort = new AbortController();
  let interrupted: number | null = null;
  let isExpected = false;
  const askToEnd = (signal: EndingSignal): void => {
    // The first one asks for an end, the second one is it.
    if (interrupted !== null) endAtOnce(signal);
    interrupted = SIGNAL_STATUS[signal];
    abort.abort();
    setTimeout(() => endAtOnce(signal), GRACE_MS).unref();
    // A read that waits for its writer would keep the scan from ending.
    process.stdin.destroy();
  };
  const io = openConsole(
    abort.signal,
    () => {
      isExpected = true;
    },
    (reload) => {
      // Where a person sits, the terminal went away. What nohup starts has none: it lives on, as it was promised, though
      // Node forgets at its start that the signal was to be ignored.
      process.on('SIGHUP', () => (process.stderr.isTTY ? askToEnd('SIGHUP') : reload()));
    },
  );
  // Not `once`: the progress line's library ends the program if it is the only one left that listens.
  for (const signal of INTERRUPTS) process.on(signal, () => askToEnd(signal));
  try {
    const status = await run(argv, io);
    return isExpected ? status : (interrupted ?? status);
  } catch (error) {
    // Monitoring systems read standard output, and know four statuses.
    if (argv[0] === 'check') return await (await import('./commands/check.ts')).explainToMonitor(error, io);
    return explain(error, io);
  }
}

/** A shell sees the same status either way: where a thread of the pool waits for a reader, Node would wait for the thread. */
function endAtOnce(signal: EndingSignal): void {
  if (isWritingHeldUp()) {
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  }
  process.exit(SIGNAL_STATUS[signal]);
}

function explain(error: unknown, io: Pick<Console, 'say'>): number {
  if (error instanceof KnownError) {
    io.say(
      error.isBlock
        ? redact(error.message, 'standard')
        : redactLine(`oclog: ${describeProblem(error)}`, 'standard'),
    );
    return error.exitStatus;
  }
  const stack = error instanceof Error ? error.stack : String(error);
  io.say(redact(`oclog: a fault of oclog itself, please report it: ${stack}`, 'standard'));
  return OWN_FAULT;
}
