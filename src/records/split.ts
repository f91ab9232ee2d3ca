// The one importer of split2: lines of a text that comes in pieces. Nothing but a function: it is loaded, and Node's streams
// with it, for the first line that goes on in another piece.
import split2 from 'split2';

/** Takes latin1; hands each line to `emit` while it is written to. */
export function openSplitter(emit: (line: string) => void): ReturnType<typeof split2> {
  return split2('\n', emit, { decodeStrings: false });
}
