// The answer of a run that found nothing new and nothing to tell, kept for as long as neither files nor time can change
// it: a run then costs a few looks at files. It is no memory: whatever is odd about it, the run goes the long way. Loaded
// before anything else is, so it imports nothing else.
import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/** Who asked for what, from where: the same question, the same answer. */
export interface Question {
  readonly argv: readonly string[];
  readonly cwd: string;
  /** What else answers depend on: versions, the environment. */
  readonly circumstances: readonly string[];
}

export interface Rest {
  readonly question: Question;
  /** Times (ms) between which the answer holds. */
  readonly from: number;
  readonly until: number;
  /** What files are like, or that they are not there. */
  readonly stamps: readonly (readonly [path: string, stamp: string | null])[];
  readonly samples: readonly Sample[];
  readonly status: number;
  readonly text: string;
}

/** Some bytes of a log, by a print that tells nothing of them. */
export interface Sample {
  readonly path: string;
  readonly offset: number;
  readonly length: number;
  readonly print: string;
}

const MOST_BYTES = 64 * 1024;

/** `null`: it is not there. */
export function stampOf(path: string): string | null {
  try {
    const { dev, ino, size, mtimeNs, ctimeNs } = statSync(path, { bigint: true });
    return `${dev}:${ino}:${size}:${mtimeNs}:${ctimeNs}`;
  } catch {
    return null;
  }
}

export function sampleOf(path: string, offset: number, length: number): Sample {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const bytes = Buffer.alloc(length);
    const read = readSync(fd, bytes, 0, length, offset);
    return { path, offset, length, print: printOf(bytes.subarray(0, read).toString('latin1')) };
  } finally {
    closeSync(fd);
  }
}

/** `null` where there is none that holds. */
export function findRest(stateDir: string, question: Question, now: number): Rest | null {
  try {
    const rest = readRest(pathOf(stateDir, question));
    return rest !== null && isSame(rest.question, question) && holds(rest, now) ? rest : null;
  } catch {
    return null;
  }
}

/** Keeps it; a disk that refuses costs time, and nothing else. */
export function keepRest(stateDir: string, rest: Rest): void {
  const path = pathOf(stateDir, rest.question);
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, JSON.stringify(rest), { flag: 'wx', mode: 0o600 });
    renameSync(temporary, path);
  } catch {
    rmSync(temporary, { force: true });
  }
}

function readRest(path: string): Rest | null {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const status = fstatSync(fd);
    const isOwn = status.uid === process.geteuid?.() && (status.mode & 0o022) === 0;
    if (!status.isFile() || !isOwn || status.size > MOST_BYTES) return null;
    return JSON.parse(readFileSync(fd, 'utf8')) as Rest;
  } finally {
    closeSync(fd);
  }
}

function holds({ from, until, stamps, samples }: Rest, now: number): boolean {
  return (
    now >= from &&
    now < until &&
    stamps.every(([path, stamp]) => stampOf(path) === stamp) &&
    samples.every(({ path, offset, length, print }) => sampleOf(path, offset, length).print === print)
  );
}

function isSame(one: Question, other: Question): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function pathOf(stateDir: string, question: Question): string {
  return join(stateDir, `${printOf(JSON.stringify(question))}.rest.json`);
}

/** FNV-1a, twice from different beginnings: to tell apart, not to withstand anybody. */
function printOf(text: string): string {
  let [one, other] = [0x811c9dc5, 0x01000193];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    one = Math.imul(one ^ code, 0x01000193);
    other = Math.imul(other ^ code, 0x01000193) + at;
  }
  return [one, other].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
}
