// Where a log's bytes are put to be searched: the inputs of a searcher in turn, so that some can be filled while another
// is searched.
import type { Searcher } from '../kernel/searcher.ts';

export class Rooms {
  #searcher: Searcher | null = null;
  #input = 0;

  /** The next one; of a searcher that is new its first. */
  next(searcher: Searcher): Buffer {
    this.#input = this.#searcher === searcher ? this.#following(searcher) : 0;
    this.#searcher = searcher;
    return roomIn(searcher, this.#input);
  }

  /** The one behind as many others that come after this one; `null` if there are no more. */
  spare(others: number): Buffer | null {
    const searcher = this.#searcher;
    if (searcher === null || others + 1 >= searcher.inputsAt.length) return null;
    return roomIn(searcher, this.#following(searcher, others));
  }

  #following({ inputsAt }: Searcher, others = 0): number {
    return (this.#input + 1 + others) % inputsAt.length;
  }
}

function roomIn({ memory, inputsAt, inputSize }: Searcher, input: number): Buffer {
  const at = inputsAt[input] ?? 0;
  return memory.subarray(at, at + inputSize);
}
