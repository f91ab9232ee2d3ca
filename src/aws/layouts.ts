// Where AWS errors stand in a folded exception text. The patterns know the layouts of both SDK generations
// and of their ancestors; what the words mean is not decided here. All run in linear time: each begins with
// a literal or at the start of a token, and repeats only bounded or disjoint pieces.

/** An error's place in the text and the fields its layout prints. */
export interface Placed {
  readonly start: number;
  readonly end: number;
  readonly sdk: 'v1' | 'v2';
  readonly service: string | null;
  readonly status: number;
  readonly code: string | null;
  readonly requestId: string | null;
  /** The message where the layout prints it behind the fields; else it stands before `start`. */
  readonly message: string | null;
}

/** An exception's class name in the text. */
export interface ClassName {
  readonly start: number;
  readonly end: number;
  readonly name: string;
  /** Whether a colon follows, so that a message does. */
  readonly hasMessage: boolean;
}

const SUFFIX =
  /Service: ?([^;,()"]{1,100})([;,]) Status Code: ?(\d{3})(?!\d)(?:[;,] Error Code: ?([^;,()"]{0,200})(?=[;,()"]|$))?(?:[;,] Request ID: ?([^;,()"]{0,200})(?=[;,()"]|$))?(?:[;,] (?:S3 )?Extended Request ID: ?[^;,()"]{0,300})?(?:[;,] Proxy: ?[^)"]{0,300})?(?: ?\))?/g;

// A field of more characters than that is none: a part of it could be half a secret.
const LEGACY =
  /Status Code: ?(\d{3}), AWS Service: ?([^,]{1,100}), AWS Request ID: ?([^,]{0,200}), AWS Error Code: ?([^,]{0,200})(?=,|$)(?:, AWS Error Message: ?)?/g;

/** A client-side exception that reports an answer which was not AWS's: a proxy's page, say. */
const UNREADABLE_ANSWER =
  /Unable to unmarshall error response \([^)]{0,500}\)[^R]{0,10}Response Code: ?(\d{3})/;

const TOKEN = /(?<![\w$.])[\w$.]{4,300}/g;

export function findSuffixes(text: string): readonly Placed[] {
  const found: Placed[] = [];
  for (const match of text.matchAll(SUFFIX)) {
    const [whole, service, separator, status, code, requestId] = match;
    found.push({
      start: match.index,
      end: match.index + whole.length,
      sdk: separator === ';' ? 'v1' : 'v2',
      service: fieldOf(service),
      status: Number(status),
      code: codeOf(code),
      requestId: idOf(requestId),
      message: null,
    });
  }
  return found;
}

export function findLegacy(text: string): readonly Placed[] {
  const found: Placed[] = [];
  for (const match of text.matchAll(LEGACY)) {
    const [whole, status, service, requestId, code] = match;
    const end = match.index + whole.length;
    found.push({
      start: match.index,
      end,
      sdk: 'v1',
      service: fieldOf(service),
      status: Number(status),
      code: codeOf(code),
      requestId: idOf(requestId),
      message: text.slice(end, endOfMessage(text, end)),
    });
  }
  return found;
}

/** The status of an answer the SDK could not read; `null` if `message` tells of none. */
export function unreadableStatus(message: string): number | null {
  const match = UNREADABLE_ANSWER.exec(message);
  return match === null ? null : Number(match[1]);
}

/** Every word of the text that is an exception's class name. */
export function findClasses(text: string): readonly ClassName[] {
  const found: ClassName[] = [];
  for (const match of text.matchAll(TOKEN)) {
    const [name] = match;
    if (!/(?:Exception|Error)$/.test(name)) continue;
    const end = match.index + name.length;
    found.push({ start: match.index, end, name, hasMessage: text.charAt(end) === ':' });
  }
  return found;
}

/** Where a message that begins at `from` ends: before the next cause of the chain, or with the text. */
export function endOfMessage(text: string, from: number): number {
  const next = text.slice(from).search(/ Caused by: |; nested exception is /i);
  return next < 0 ? text.length : from + next;
}

/** `null` as text is what Java prints for nothing. */
function fieldOf(field: string | undefined): string | null {
  const value = field?.trim() ?? '';
  return value === '' || value === 'null' ? null : value;
}

/** An id never holds blanks: they are where its line was broken. */
function idOf(field: string | undefined): string | null {
  return fieldOf(field)?.replaceAll(' ', '') ?? null;
}

const STATUS_LINE = /^\d{3}(?: |$)|^Forbidden$/;
const SERVICE_PREFIX =
  /^(?:(?:[A-Z][A-Z0-9]{1,9}|Client|Server|Sender|Receiver|Simple[A-Za-z]+Service)\.)+(?=[A-Za-z])/;

/** A whole error code without service prefix; `null` for what the SDK makes up from the status line. */
function codeOf(field: string | undefined): string | null {
  const value = fieldOf(field)?.replace(/:.*$/, '').trim() ?? '';
  if (value === '' || STATUS_LINE.test(value)) return null;
  return value.replace(SERVICE_PREFIX, '');
}
