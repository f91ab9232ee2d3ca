// Where a log's bytes are put to be searched: the inputs of a searcher in turn, so that one can be filled while another is
// searched.
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

  /** The one after; `null` if there is one only. */
  get spare(): Buffer | null {
    const searcher = this.#searcher;
    if (searcher === null || searcher.inputsAt.length === 1) return null;
    return roomIn(searcher, this.#following(searcher));
  }

  #following({ inputsAt }: Searcher): number {
    return (this.#input + 1) % inputsAt.length;
  }
}

function roomIn({ memory, inputsAt, inputSize }: Searcher, input: number): Buffer {
  const at = inputsAt[input] ?? 0;
  return memory.subarray(at, at + inputSize);
}
