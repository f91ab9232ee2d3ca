// zlib, one write at a time, in the thread that asks and into memory that is used again and again. Node's streams take new
// memory for every output and wait for another thread each time, which costs more than to inflate, so the handle beneath
// them is used directly.
import { createInflateRaw } from 'node:zlib';

/** As much as a search takes at once. */
const OUTPUT_SIZE = 512 * 1024;
const NO_FLUSH = 0;

/** What Node has beneath a stream of zlib's, the same from Node 20 to 25. */
interface Handle {
  writeSync(
    flush: number,
    input: Buffer,
    inputAt: number,
    inputSize: number,
    output: Buffer,
    outputAt: number,
    outputSize: number,
  ): void;
  reset(): void;
  onerror: (message: string) => void;
}

interface Inside {
  readonly _handle: Handle;
  /** What a write left of its output's room, and of its input. */
  readonly _writeState: Readonly<Uint32Array>;
}

/** What came of a write. */
export interface Inflated {
  /** Overwritten by the next write. */
  readonly output: Buffer;
  readonly consumed: number;
  /** What zlib finds wrong with the input. What this write inflated before is lost then. */
  readonly problem: string | null;
}

/** Inflates one raw deflate stream after another. */
export class Inflater {
  readonly #stream = createInflateRaw();
  readonly #handle: Handle;
  readonly #left: Readonly<Uint32Array>;
  readonly #output = Buffer.allocUnsafeSlow(OUTPUT_SIZE);
  #problem: string | null = null;

  constructor() {
    const { _handle, _writeState } = this.#stream as unknown as Inside;
    this.#handle = _handle;
    this.#left = _writeState;
    _handle.onerror = (message) => {
      this.#problem = message;
    };
  }

  /** Inflates until the input is used up or the stream is over, `most` bytes of output a write; 512 KiB unless given. */
  *inflate(input: Buffer, most = OUTPUT_SIZE): Generator<Inflated> {
    let rest = input;
    for (let isFull = true; isFull; ) {
      const inflated = this.#write(rest, most);
      isFull = inflated.output.length === most;
      rest = rest.subarray(inflated.consumed);
      yield inflated;
    }
  }

  /** Another stream follows. */
  reset(): void {
    this.#handle.reset();
  }

  /** To be called in any case. */
  close(): void {
    this.#stream.destroy();
  }

  #write(input: Buffer, most: number): Inflated {
    this.#handle.writeSync(NO_FLUSH, input, 0, input.length, this.#output, 0, most);
    const [roomLeft = 0, inputLeft = 0] = this.#left;
    const [inflated, consumed] =
      this.#problem === null ? [most - roomLeft, input.length - inputLeft] : [0, 0];
    return { output: this.#output.subarray(0, inflated), consumed, problem: this.#problem };
  }
}
