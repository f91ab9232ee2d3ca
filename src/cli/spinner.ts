// The one importer of ora, loaded when a scan has taken a second on a terminal.
import ora from 'ora';
import type { Spinner } from './progress.ts';

/** `interval`: milliseconds between two looks of the spinner. */
export function openSpinner(stream: NodeJS.WritableStream, interval?: number): Spinner {
  // Standard input may be the log: it is left alone.
  return ora({
    stream,
    discardStdin: false,
    hideCursor: true,
    ...(interval === undefined ? {} : { interval }),
  });
}
