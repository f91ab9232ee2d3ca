// What takes over where standard output cannot be written to directly, for tests to look at.
import type { OutputStream } from '../../src/cli/standard-output.ts';

/** Adds what it is given to `left`. */
export function keepingStream(left: Buffer[]): OutputStream {
  return {
    on: () => undefined,
    write: (text, done) => {
      left.push(Buffer.from(text));
      done();
    },
  };
}

export const noStream = (): OutputStream => {
  throw new Error('no stream is wanted');
};
