// Where the kernels look into a literal.

/** A literal is compared where the byte at `offset` in it was found. */
export interface Window {
  readonly literal: Uint8Array;
  readonly offset: number;
}

/** No window reaches farther into its literal: the search reads no farther behind its end, and can stop soon. */
export const LONGEST_REACH = 60;
