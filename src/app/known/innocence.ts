// Why a record's time, thread, request ids and stack frames may be exchanged for others, and nothing else of what is found
// in it changes.
//
// - Each stands between characters that no name, number, secret or sentence goes on over: a time at the beginning and in
//   front of a blank, a thread in parentheses, an id behind `Request ID: ` and in front of `;`, `,` or `)`, frames on lines
//   of their own. So what is looked for in the rest can neither begin in a piece nor end in one.
// - Within a piece nothing is found: digits of a time and hexadecimal ids are told from others by nothing that any step
//   looks at (an id that ends in twelve digits could be an account: it is no piece); threads and frames are asked below.
// - What is masked around a piece is masked whatever the piece is: patterns that run over it take any character of it.
// - An error's parser leaves frames out, and hands on an id as it is; where a piece stands in what it reads otherwise, nothing
//   is learnt (learn.ts).
// - Threads differ in length: in front of them stand names only, so no pattern with a bound begins there (kernel/assembly/known/pieces.ts).
//
// A property test (test/app/known.test.ts) holds this against all other code; known-attacks.test.ts has what was wrong once.
import { mayNameRegion } from '../../aws/region.ts';
import { recogniseAnswer } from '../../aws/sentences.ts';
import { isSuspect, isUnmistakable, type RedactLevel, redact } from '../../findings/redact.ts';

/** Words by which the parser of AWS's errors tells where to look. */
const TELLING = /exception|region|aws/i;
const NO_ANSWER = { status: null, service: null };
/** What could reach into the frames from the line before them: tags, escapes. */
const REACHING = /[<&%\\]/;
/** Behind any other a value, a list or a string may go on with the next line. */
const CLOSED = /[\w.)]$/;

export function isInnocentThread(thread: string, level: RedactLevel): boolean {
  return (
    !isSuspect(thread, level) &&
    !TELLING.test(thread) &&
    !mayNameRegion(thread) &&
    recogniseAnswer(thread, NO_ANSWER) === null
  );
}

/** `frames`: whole lines. Asked beside a word that has every kind of secret looked for. */
export function areInnocentFrames(frames: string, level: RedactLevel): boolean {
  const text = `token\n${frames}`;
  return !isUnmistakable(frames) && redact(text, level) === text;
}

/** Whether pieces of a record may be exchanged. `head`: what stands between the time and the thread's name. */
export function isInnocentWording(raw: string, head: string, hasTrace: boolean, level: RedactLevel): boolean {
  if (isSuspect(head, level)) return false;
  const [line = ''] = raw.split('\n', 1);
  return !hasTrace || (CLOSED.test(line) && !REACHING.test(line));
}
