// What takes the text of a report in the end.

export interface Sink {
  /** Whether what it is given keeps its order, though it is given the next before it has written the last. */
  readonly keepsOrder: boolean;
  write(text: string | Buffer): Promise<void>;
  end(): Promise<void>;
  discard(): Promise<void>;
}
