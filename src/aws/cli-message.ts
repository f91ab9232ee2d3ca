// What the AWS CLI says of an error, for texts that people paste: not a layout of the SDKs, and never looked for in a log.
import type { AwsError, Cause } from './aws-error.ts';
import { findRegion } from './region.ts';
import { recogniseAnswer, recogniseClientFault } from './sentences.ts';

const ANSWER = /An error occurred \(([\w.:-]{1,200})\) when calling the [\w-]{1,200} operation/g;
const RETRIES = /^ \(reached max retries: \d{1,6}\)/;
/** What botocore says when no service answered. */
const NO_ANSWER =
  /(?:Could not connect to the endpoint URL|(?:Connect|Read) timeout on endpoint URL|Connection was closed before we received a valid response from endpoint URL|Failed to connect to proxy URL|SSL validation failed for)[^\n]*/i;
const APPENDIX = / ?Encoded authorization failure message:/;
const LONGEST_MESSAGE = 1000;
/** A sentence that stands alone is not looked for in more. */
const LONGEST_TEXT = 16 * 1024;
/** A shorter line ended by itself. */
const SHORTEST_TERMINAL = 76;
const PROMPT = /^(?:[$#%>[(]|\S{1,100}[$#%>] |\s*$)/;
const PREFIX = /^(?:[A-Za-z0-9]+\.)+(?=[A-Za-z])/;

/** The last error of the AWS CLI in a text; `null` if it holds none. */
export function parseCliMessage(text: string): AwsError | null {
  const answer = [...text.matchAll(ANSWER)].at(-1);
  if (answer !== undefined) {
    const lineStart = text.lastIndexOf('\n', answer.index) + 1;
    return answered(answer[1] ?? '', sentenceBehind(answer[0], text.slice(lineStart)), text);
  }
  const network = NO_ANSWER.exec(text)?.[0];
  return network === undefined ? null : unanswered(network.trim(), 'network', text);
}

/** A sentence of AWS or of its SDK that stands alone, its code inferred; `null` if nobody of them says so. */
export function parseSentence(text: string): AwsError | null {
  const words = oneLine(text.slice(0, LONGEST_TEXT + LONGEST_MESSAGE));
  const recognised = recogniseAnswer(words, { status: null, service: null });
  if (recognised !== null && recognised.index < LONGEST_TEXT) {
    const { code, cause } = recognised;
    const sentence = words.slice(recognised.index).split(APPENDIX, 1)[0] ?? '';
    return {
      ...NOTHING,
      origin: 'service',
      errorCode: code,
      inferred: true,
      cause,
      message: bounded(sentence),
      region: findRegion(words),
    };
  }
  const fault = recogniseClientFault(words);
  return fault === null ? null : unanswered(words.slice(fault.index), fault.cause, words);
}

/** An error code alone. */
export function errorOfCode(code: string): AwsError {
  return { ...NOTHING, origin: 'service', errorCode: code };
}

/** Stands for what the AWS CLI keeps to itself. */
export const NOT_PRINTED = 'not printed by the AWS CLI';

const NOTHING = {
  service: null,
  status: null,
  errorCode: null,
  inferred: false,
  message: null,
  requestId: null,
  region: null,
  cause: null,
  sdk: null,
} as const;

function answered(code: string, sentence: string | null, text: string): AwsError {
  const cause = sentence === null ? null : (recogniseAnswer(sentence, NOTHING)?.cause ?? null);
  const common = {
    ...NOTHING,
    origin: 'service',
    message: sentence,
    cause,
    region: findRegion(text),
  } as const;
  // A number is the status of an answer without text, as HEAD requests get them. If AWS gave it a request id, the AWS CLI
  // does not print it: that it is missing here says nothing.
  return /^\d{3}$/.test(code)
    ? { ...common, status: Number(code), requestId: NOT_PRINTED }
    : { ...common, errorCode: code.replace(PREFIX, '') };
}

function unanswered(message: string, cause: Cause, text: string): AwsError {
  return { ...NOTHING, origin: 'client', message: bounded(message), cause, region: findRegion(text) };
}

/** The rest of the line, and of the lines below it where the terminal broke it. */
function sentenceBehind(start: string, text: string): string | null {
  const lines = text.split('\n');
  const last = lines.findIndex((line, index) => !wasBroken(line, lines[index + 1]));
  const whole = lines.slice(0, last < 0 ? undefined : last + 1).join('\n');
  const words = whole.slice(whole.indexOf(start) + start.length).replace(RETRIES, '');
  const [sentence = ''] = oneLine(words.replace(/^\s*:/, '')).split(APPENDIX, 1);
  return sentence === '' ? null : bounded(sentence);
}

function wasBroken(line: string, next: string | undefined): boolean {
  return line.length >= SHORTEST_TERMINAL && !/[.)]$/.test(line) && !PROMPT.test(next ?? '');
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function bounded(text: string): string {
  if (text.length <= LONGEST_MESSAGE) return text;
  // Between words: half a secret would no longer look like one.
  return `${text.slice(0, Math.max(0, text.lastIndexOf(' ', LONGEST_MESSAGE - 2)))} …`;
}
