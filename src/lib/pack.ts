// Data of which much is kept and little is looked at again: deflated, a record full of stack frames takes a tenth of its length.
import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** What is packed is about as long as this window; a larger one takes longer to be made ready. */
const OPTIONS = { level: 1, windowBits: 12, memLevel: 5 } as const;

/** Plain data, to be had again, as a copy, from what is returned. */
export function pack<T>(data: T): () => T {
  const deflated = deflateRawSync(JSON.stringify(data), OPTIONS);
  // What zlib returns is a part of a larger block.
  const packed = Buffer.allocUnsafeSlow(deflated.length);
  deflated.copy(packed);
  return () => JSON.parse(inflateRawSync(packed).toString()) as T;
}
