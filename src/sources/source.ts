// What every source of bytes promises, whether it is a plain file, an archive's member or standard input.

/** One readable input: the uncompressed bytes of one log. */
export interface Source {
  /** As the user gave it; `-` for standard input, `archive.zip!member` for a zip member. */
  readonly path: string;
  /** The last change of the file that holds the bytes; `null` where there is none to know (a pipe). */
  readonly modified: Date | null;
  /** Whether `open` may be called again to read the same bytes from the start. */
  readonly rereadable: boolean;
  /**
   * The bytes in order. A chunk may be overwritten once the next one is asked for. What can be read
   * comes first; a `SourceError` then says why it ended early. Ending the iteration early frees all
   * that was held.
   */
  open(): AsyncIterable<Buffer>;
  /**
   * The same bytes by blocks, or those from one offset to another, where they stand as they are in a file; `null` where they
   * are no plain text after all, which their beginning tells.
   */
  readonly blocks?: (from?: number, to?: number) => Promise<BlockReader | null>;
}

/** Reads one block after another. Throws `SourceError`. */
export interface BlockReader {
  /** The beginning of what comes next, a copy. */
  peek(length: number): Buffer;
  /** Fills the target as far as there are bytes, and tells how many; 0 at the end. */
  read(target: Buffer): number;
  /** Begins to fill the target while the thread goes on, and others with what comes behind; until all were had nothing else is read. */
  readAhead(target: Buffer): void;
  /** As `read`, for the first of these targets that was not had. */
  nextAhead(target: Buffer): Promise<number>;
  /** To be called in any case. */
  close(): Promise<void>;
}

/** How far a compressed input may swell before it is given up as a bomb. */
export interface InflateLimits {
  /** Most bytes that one archive may inflate to. */
  readonly maxInflated: number;
  /** Most bytes out for a byte in; looked at once more than `RATIO_FLOOR` bytes came out. */
  readonly maxRatio: number;
}

export const DEFAULT_INFLATE_LIMITS: InflateLimits = {
  maxInflated: 16 * 1024 ** 3,
  maxRatio: 200,
};

/** Below this many bytes out no ratio is suspicious: an hour of one repeated line packs that well. */
export const RATIO_FLOOR = 32 * 1024 ** 2;

/** How far the reading of files has come, in bytes on disk: packed ones for archives. */
export interface ReadMeter {
  /** Bytes of all files that will be read; `null` until they are located, or where standard input is among them. */
  total: number | null;
  read: number;
}
