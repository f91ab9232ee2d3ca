// Secrets that stand alone: 40 base64 characters, session tokens by their beginning, long base64 on one line or
// folded over many. A short secret that is folded without a key name before it is out of reach.
import { continued, mayContinue } from './lines.ts';
import { eachMatch, isAt } from './match.ts';
import { PATH_SCORE, randomIslands, randomness } from './score.ts';

/** Takes a half-open range of the text that was searched. */
export type Mark = (start: number, end: number) => void;

const SECRET_LENGTH = 40;
const FOLDED_LENGTH = 100;
const TOKEN_LENGTH = 24;

const RUN = /[A-Za-z0-9/+]{40,}/g;
const LONG_RUN = /[A-Za-z0-9/+_-]{100,}={0,3}/g;
const TOKEN = /(?:IQoJb3JpZ2lu|AQoDYXdz|AgoGb3JpZ2lu|FwoGZXIvYXdz|FQoGZXIvYXdz)[A-Za-z0-9/+=_-]*/g;
const AT_LINE_END = /(?<![A-Za-z0-9/+=_-])[A-Za-z0-9/+_-]{4,}={0,3}(?=[ \t]{0,200}\\?[\r\n])/g;

/** `com.amazonaws.services.` or `Outer$` before a run, and the file name of a stack frame. */
const PACKAGE = /[a-z]\w*\.[\w$.]*[.$]$/;
const LONGEST_PACKAGE = 200;
const SOURCE_FILE = /\.(?:java|kt|scala|groovy|class)\b/y;

const OF_RUN = new Uint8Array(128);
for (const letter of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/+_-')
  OF_RUN[letter.charCodeAt(0)] = 1;

/** The length of the longest run of base64 characters of either alphabet, in one pass: the patterns try every place of each. */
function longestRun(text: string): number {
  let longest = 0;
  let length = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    length = code < 128 && OF_RUN[code] === 1 ? length + 1 : 0;
    if (length > longest) longest = length;
  }
  return longest;
}

export function markRuns(text: string, mark: Mark): void {
  eachMatch(TOKEN, text, (match) => {
    const end = continued(text, match.index + match[0].length);
    if (end - match.index >= TOKEN_LENGTH) mark(match.index, end);
    return end;
  });
  const longest = longestRun(text);
  if (longest >= SECRET_LENGTH) {
    for (const match of text.matchAll(RUN)) markRun(text, match.index, match[0], mark);
  }
  if (longest >= FOLDED_LENGTH) markLong(text, mark);
  if (mayContinue(text)) markFolded(text, mark);
}

function markLong(text: string, mark: Mark): void {
  eachMatch(LONG_RUN, text, (match) => {
    const runEnd = match.index + match[0].length;
    if (/[/_-]/.test(match[0]) && randomness(match[0]) <= 0) return runEnd;
    const end = continued(text, runEnd);
    mark(match.index, end);
    return end;
  });
}

/** Runs of the secret's length only: for the source as it stands, where an escape may eat a secret's first letter. */
export function markExactRuns(text: string, mark: Mark): void {
  if (longestRun(text) < SECRET_LENGTH) return;
  for (const match of text.matchAll(RUN)) {
    if (match[0].length === SECRET_LENGTH) markRun(text, match.index, match[0], mark);
  }
}

function markRun(text: string, start: number, run: string, mark: Mark): void {
  if (isClassName(text, start, run)) return;
  const found = markWindows(start, run, mark);
  if (run.length === SECRET_LENGTH) return;
  const islands = randomIslands(run);
  const end = start + run.length;
  const padding = text.startsWith('==', end) ? 2 : text.startsWith('=', end) ? 1 : 0;
  // Padding makes it base64 from end to end; without, it may be a secret glued to words, but not a path.
  const isWhole = padding > 0 || (!found && randomness(run) > PATH_SCORE);
  if (islands.length > 0 && isWhole) mark(start, end + padding);
  else for (const [from, to] of islands) mark(start + from, start + to);
}

/** Pieces of the secret's length between slashes, as in a file path, or the run itself; whether there were any. */
function markWindows(start: number, run: string, mark: Mark): boolean {
  let found = false;
  for (let from = 0; from + SECRET_LENGTH <= run.length; from = nextSegment(run, from)) {
    const to = from + SECRET_LENGTH;
    if (to < run.length && run.charAt(to) !== '/') continue;
    const window = run.slice(from, to);
    if (window.includes('/') && randomness(window) <= PATH_SCORE) continue;
    mark(start + from, start + to);
    found = true;
  }
  return found;
}

function nextSegment(run: string, from: number): number {
  const slash = run.indexOf('/', from);
  return slash < 0 ? run.length : slash + 1;
}

function isClassName(text: string, start: number, run: string): boolean {
  if (!/^[A-Za-z]\w*$/.test(run) || /\d\D*\d\D*\d\D*\d/.test(run) || randomness(run) > 0) return false;
  if (/(?:Exception|Error)$/.test(run)) return true;
  return (
    isAt(SOURCE_FILE, text, start + run.length) ||
    PACKAGE.test(text.slice(Math.max(0, start - LONGEST_PACKAGE), start))
  );
}

/** Lines of nothing but base64, the first of which may stand behind other text. */
function markFolded(text: string, mark: Mark): void {
  eachMatch(AT_LINE_END, text, (match) => {
    const lineEnd = match.index + match[0].length;
    const end = continued(text, lineEnd);
    if (end > lineEnd && end - match.index >= FOLDED_LENGTH) {
      const folded = text.slice(match.index, end).replace(/[\s\\]+/g, '');
      if (folded.length >= FOLDED_LENGTH && randomness(folded) > 0) mark(match.index, end);
    }
    return end;
  });
}
