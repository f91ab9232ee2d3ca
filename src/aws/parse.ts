// A record's text -> the AWS error that decides: the innermost one of the exception chain, in whatever
// layout the SDK wrote it. Knows nothing of rules or of the log around the record.
import type { AwsError } from './aws-error.ts';
import { type AwsClass, readAwsClass } from './classes.ts';
import { AWS_ERROR_LITERALS } from './error-literals.ts';
import { foldChain } from './exception-text.ts';
import {
  type ClassName,
  endOfMessage,
  findClasses,
  findLegacy,
  findSuffixes,
  type Placed,
  unreadableStatus,
} from './layouts.ts';
import { findRegion } from './region.ts';
import { type Recognised, recogniseAnswer, recogniseClientFault } from './sentences.ts';

const HINT = new RegExp(AWS_ERROR_LITERALS.join('|'));
const CAUSE_MARKS = ['caused by: ', 'nested exception is '];
/** What may follow the sentence and must not be shown: what should have been signed, session token included. */
const APPENDIX =
  / ?(?:The (?:Canonical String for this request|String-to-Sign) should have been|Encoded authorization failure message:| \(SDK Attempt Count: \d+\))/;
const NOTHING =
  /^(?:|null|Unknown(?: error)?\.?|Service returned HTTP status code \d{3}\.?|Request ID: \S{1,100})$/i;
const PLUGIN_STATUS = /Http status code: (\d{3})(?!\d)/;
/** All that VNA prints of an answer without a body: nothing of the SDK's follows the status. */
const BARE_REFUSAL =
  /Http status code: (403|407)(?::? (?:null|Forbidden|403 Forbidden|Proxy Authentication Required))?:? ?$/;
const NETWORK_CLASS =
  /(?:UnknownHost|Connect|ConnectTimeout|HttpHostConnect|SocketTimeout|NoRouteToHost|SSLHandshake|SSLPeerUnverified|UnresolvedAddress)Exception$/;
const ABOUT_AWS = /amazonaws\.com|AWS (?:region|endpoint|service)/i;

/** What one layout told, before region and limits are added. */
type Reading = Omit<AwsError, 'region'> & { readonly end: number };

/** The AWS error of a record; `null` if it holds none. `text` is the whole record, not redacted. */
export function parseAwsError(text: string): AwsError | null {
  if (!HINT.test(text)) return null;
  const folded = foldChain(text);
  const classes = findClasses(folded);
  const reading = innermost(folded, classes) ?? plainNetworkFault(folded, classes) ?? bareRefusal(folded);
  if (reading === null) return null;
  const { end: _, ...error } = reading;
  return { ...error, message: tidyMessage(error.message), region: findRegion(folded) };
}

function innermost(folded: string, classes: readonly ClassName[]): Reading | null {
  const placed = [...findSuffixes(folded), ...findLegacy(folded)].sort((a, b) => a.start - b.start);
  const last = placed.at(-1);
  const bare = lastBare(folded, classes, placed);
  if (last === undefined) return bare?.reading ?? null;
  if (bare?.sure === true && bare.reading.end > last.end) return bare.reading;
  return readPlaced(folded, classes, placed.at(-2), last);
}

/** Reads an error whose fields are printed, with the sentence before (or, long ago, behind) them. */
function readPlaced(
  folded: string,
  classes: readonly ClassName[],
  previous: Placed | undefined,
  error: Placed,
): Reading {
  const own = { status: error.status, service: error.service };
  let segment = segmentBefore(folded, classes, previous?.end ?? 0, error.start);
  // Two sets of fields in a row: the calling service repeats the sentence of the one it called.
  if (segment.message === '' && previous !== undefined) {
    segment = segmentBefore(folded, classes, 0, previous.start);
  }
  const words = error.message ?? segment.message;
  const recognised = recogniseAnswer(words, own);
  const inferred = error.code === null ? (segment.owner?.code ?? recognised?.code ?? null) : null;
  const exact = error.message !== null || segment.owner !== null;
  return {
    origin: 'service',
    ...own,
    errorCode: error.code ?? inferred,
    inferred: inferred !== null,
    message: exact ? words : withoutCallersWords(words, recognised, segment.isFirst),
    requestId: error.requestId,
    cause: recognised?.cause ?? (error.status === 407 ? 'network' : null),
    sdk: error.sdk,
    end: error.end,
  };
}

interface Segment {
  readonly message: string;
  /** Whether the log's own header stands in front of the message. */
  readonly isFirst: boolean;
  /** The AWS class that the message directly follows, if one does. */
  readonly owner: AwsClass | null;
}

/** The message that belongs to the fields at `end`: behind the last class, cause or error before them. */
function segmentBefore(folded: string, classes: readonly ClassName[], from: number, end: number): Segment {
  const start = from + lastCauseEnd(folded.slice(from, end));
  const owner = classes.findLast((name) => name.start >= start && name.end <= end);
  const message = folded.slice(owner?.end ?? start, end).replace(/^:? ?/, '');
  return {
    message: message.replace(/[ ("]+$/, ''),
    isFirst: start === 0,
    owner: owner === undefined ? null : readAwsClass(owner.name),
  };
}

/** Where the chain's last step within `text` begins; 0 if it has one step only. */
function lastCauseEnd(text: string): number {
  const lower = text.toLowerCase();
  const ends = CAUSE_MARKS.map((mark) => {
    const at = lower.lastIndexOf(mark);
    return at < 0 ? 0 : at + mark.length;
  });
  return Math.max(...ends);
}

/** Without a class in front, the words of the log and of callers stand before AWS's sentence, or are glued to it. */
function withoutCallersWords(words: string, recognised: Recognised | null, isFirst: boolean): string {
  if (recognised !== null) return words.slice(recognised.index);
  const colon = words.lastIndexOf(': ');
  if (words.endsWith(':') || (colon < 0 && isFirst)) return '';
  return words.slice(colon + 1);
}

interface Bare {
  readonly reading: Reading;
  /** Whether it says enough to outweigh an error with printed fields further out in the chain. */
  readonly sure: boolean;
}

/** The last AWS exception that prints no fields: the SDK's own complaint, or a quoted or cut service error. */
function lastBare(folded: string, classes: readonly ClassName[], placed: readonly Placed[]): Bare | null {
  for (const name of classes.toReversed()) {
    const kind = name.hasMessage ? readAwsClass(name.name) : null;
    if (kind === null) continue;
    const end = endOfMessage(folded, name.end);
    // Its fields follow before the chain goes on: it has been read already.
    if (placed.some((error) => error.start >= name.end && error.start < end)) return null;
    const message = folded.slice(name.end + 1, end).trim();
    return kind.origin === 'client'
      ? { reading: readClient(message, name, kind), sure: true }
      : readUnprinted(folded, message, name, kind);
  }
  return null;
}

function readClient(message: string, name: ClassName, kind: AwsClass): Reading {
  const status = unreadableStatus(message);
  const fault = status === null ? recogniseClientFault(`${message} ${name.name}`) : null;
  return {
    origin: status === null ? 'client' : 'service',
    service: null,
    status,
    errorCode: null,
    inferred: false,
    message: status === null ? message : null,
    requestId: null,
    cause: fault?.cause ?? (status === 407 || /Timeout/.test(name.name) ? 'network' : null),
    sdk: kind.sdk,
    end: name.end,
  };
}

function readUnprinted(folded: string, message: string, name: ClassName, kind: AwsClass): Bare {
  const status = PLUGIN_STATUS.exec(folded)?.[1];
  const answer = { status: status === undefined ? null : Number(status), service: null };
  const recognised = recogniseAnswer(message, answer);
  const errorCode = kind.code ?? recognised?.code ?? null;
  return {
    sure: errorCode !== null,
    reading: {
      origin: 'service',
      ...answer,
      errorCode,
      inferred: errorCode !== null,
      message,
      requestId: null,
      cause: recognised?.cause ?? null,
      sdk: kind.sdk,
      end: name.end,
    },
  };
}

/** Java's own network exceptions, where the SDK's is missing but the text is about AWS. */
function plainNetworkFault(folded: string, classes: readonly ClassName[]): Reading | null {
  const name = classes.findLast((candidate) => NETWORK_CLASS.test(candidate.name));
  if (name === undefined || !ABOUT_AWS.test(folded)) return null;
  return {
    origin: 'client',
    service: null,
    status: null,
    errorCode: null,
    inferred: false,
    message: folded.slice(name.start, endOfMessage(folded, name.end)),
    requestId: null,
    cause: 'network',
    sdk: null,
    end: name.end,
  };
}

/** The plugin's own words for an answer that said nothing but its status. */
function bareRefusal(folded: string): Reading | null {
  const status = BARE_REFUSAL.exec(folded)?.[1];
  if (status === undefined) return null;
  return {
    origin: 'service',
    service: null,
    status: Number(status),
    errorCode: null,
    inferred: false,
    message: null,
    requestId: null,
    cause: status === '407' ? 'network' : null,
    sdk: null,
    end: folded.length,
  };
}

/** One line, without appendix; `null` for the SDKs' words for nothing. Not cut: a cut secret looks like none. */
function tidyMessage(message: string | null): string | null {
  const appendix = message?.search(APPENDIX) ?? -1;
  const text = (appendix < 0 ? message : message?.slice(0, appendix))?.trim() ?? '';
  return NOTHING.test(text) ? null : text;
}
