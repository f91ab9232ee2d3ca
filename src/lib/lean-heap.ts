// Keeps V8 from taking memory that a long run has no use for. Its young generation grows to 16 MiB and their copies when much
// of it outlives a collection once, and its old one to four times what is in use before it is looked through. Both only put
// garbage off, and collecting it sooner costs a dense log next to nothing.
import { setFlagsFromString } from 'node:v8';

/** Looked at each time that a heap might grow, so they may come late. A factor of 1 keeps the young generation as it is. */
const FLAGS = ['--semi-space-growth-factor=1', '--heap-growing-percent=50'];
/** Those of Node 20 to 25. Of a flag that V8 does not know it complains on standard error. */
const OLDEST = 11;
const NEWEST = 14;

/** Holds for the whole process, its threads included: for programs of our own alone. `version` is V8's. */
export function keepHeapLean(version = process.versions.v8, setFlag = setFlagsFromString): void {
  const major = Number.parseInt(version, 10);
  if (!(major >= OLDEST && major <= NEWEST)) return;
  for (const flag of FLAGS) setFlag(flag);
}
