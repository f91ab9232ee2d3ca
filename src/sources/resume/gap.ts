// Bytes of a log that no file holds any more.

export interface Gap {
  /** As the user gave it, or the archive. */
  readonly path: string;
  /** Of the content that they belong to; the same in every run that looks for them. */
  readonly content: string;
  /** Offsets: what is lost begins here, and ends there if that is known. */
  readonly from: number;
  readonly to: number | null;
  readonly detail: string;
}
