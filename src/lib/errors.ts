// The faults oclog knows by name. Each carries the exit status it leads to and says, in one line,
// what is wrong and what to do; anything else that is thrown is a fault of oclog and keeps its stack.

/** A fault with a known cause: `message` says what and where, `hint` what to do about it. */
export abstract class KnownError extends Error {
  abstract readonly exitStatus: number;
  readonly hint: string | undefined;
  /** Whether the message is a block of lines of its own, to be shown as it is. */
  readonly isBlock: boolean = false;

  constructor(message: string, options: { readonly hint?: string; readonly cause?: unknown } = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.name = new.target.name;
    this.hint = options.hint;
  }
}

/** Wrong options, configuration or rule files: nothing was scanned. */
export class UsageError extends KnownError {
  readonly exitStatus = 2;
}

/** An input that could not be read, wholly or in part; `path` is as the user gave it. */
export class SourceError extends KnownError {
  readonly exitStatus = 3;
  readonly path: string;

  constructor(
    path: string,
    message: string,
    options: { readonly hint?: string; readonly cause?: unknown } = {},
  ) {
    super(message, options);
    this.path = path;
  }
}

/** Standard output, or a file that was asked for, could not be written. */
export class SinkError extends KnownError {
  readonly exitStatus = 4;
}

/** What is wrong and what to do about it, in one line. */
export function describeProblem({ message, hint }: KnownError): string {
  return hint === undefined ? message : `${message}; ${hint}`;
}

/** The `code` of a Node system error such as `ENOENT`, if it has one. */
export function systemCode(error: unknown): string | undefined {
  // By shape, not by class: an error of another realm is no instance of this one's.
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
