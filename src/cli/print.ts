// A command's whole answer on standard output. A reader that went away (`| head`) is no fault.
import { type Console, fitterFor } from './console.ts';
import { ClosedPipe, Output } from './output.ts';

/** Yields the exit status. */
export async function print(text: string, io: Pick<Console, 'stdout' | 'env'>): Promise<number> {
  const output = Output.toStream(io.stdout, fitterFor(io.stdout, io.env));
  try {
    await output.write(text);
    await output.end();
  } catch (error) {
    if (!(error instanceof ClosedPipe)) throw error;
  }
  return 0;
}
