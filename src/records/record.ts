// What a log record is: one event of the log, from its header line to the line before the next header.

/** Level names that JBoss LogManager and java.util.logging print. */
export const LEVELS = [
  'FATAL',
  'ERROR',
  'SEVERE',
  'WARNING',
  'WARN',
  'INFO',
  'CONFIG',
  'DEBUG',
  'FINEST',
  'FINER',
  'FINE',
  'TRACE',
] as const;

export type Level = (typeof LEVELS)[number];

/** One physical line, cut to the longest length that matters. */
export interface Line {
  /** 1-based. */
  readonly number: number;
  /** 0-based byte offset of the text: behind a byte-order mark or NUL bytes that lead the line. */
  readonly offset: number;
  /** Offset of the first byte of the next line, or of the input's end. */
  readonly end: number;
  /** One character a byte (latin1), without the line end; at most the limit's length. */
  readonly text: string;
  /** Whether bytes of the line were left out of `text`. */
  readonly cut: boolean;
}

/** Where a record stands in the uncompressed bytes of its input. */
export interface Position {
  /** 1-based number of the header line. */
  readonly line: number;
  /** 1-based number of the last line that is not blank. */
  readonly endLine: number;
  /** 0-based byte offset of the header. */
  readonly offset: number;
  /** Bytes from there to the next header, or to the end of the input. */
  readonly bytes: number;
}

/** The wall time a header prints, in parts, so that nothing is converted by accident. */
export interface Timestamp {
  /** `yyyy-MM-dd`, or `null` for a header that prints the time alone. */
  readonly date: string | null;
  /** `HH:mm:ss` with the fraction as printed, behind a full stop. */
  readonly time: string;
  /** `Z` or `±HH:MM` where the log prints one. */
  readonly zone: string | null;
}

/** What a header says. */
export interface Header {
  readonly level: Level;
  readonly timestamp: Timestamp | null;
  /** The bracketed `[…_PLUGIN]` tag in header position, without its brackets. */
  readonly plugin: string | null;
  readonly category: string | null;
  readonly thread: string | null;
}

/** A complete record. `raw` and `text` are made when asked for: most records are never looked into. */
export interface LogRecord {
  readonly header: Header;
  readonly position: Position;
  /** What tells this header from another one at the same offset of another file; latin1. */
  readonly headerLine: string;
  /** The lines within the limits, joined by LF; latin1. */
  readonly raw: string;
  /**
   * The record in the pattern formatter's form: decoded, without colours and blank end; of a JSON
   * formatter's record the message and the exception. Not redacted.
   */
  readonly text: string;
  /** Whether the record went over the limits, so that `raw` and `text` hold only the part within them. */
  readonly truncated: boolean;
}

/** How much of one record is kept for matching. */
export interface RecordLimits {
  readonly maxBytes: number;
  readonly maxLines: number;
}

export const DEFAULT_RECORD_LIMITS: RecordLimits = { maxBytes: 256 * 1024, maxLines: 2000 };
