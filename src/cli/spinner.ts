// The one importer of ora, loaded when a scan has taken a second on a terminal.
import ora from 'ora';
import type { Spinner } from './progress.ts';

export function openSpinner(stream: NodeJS.WritableStream): Spinner {
  // Standard input may be the log: it is left alone.
  return ora({ stream, discardStdin: false, hideCursor: true });
}
