// What a block of a report consists of, before it is laid out: labelled sections of sentences and commands.
import type { Sentence } from './wrap.ts';

export type Line =
  /** Wraps; what follows the first line stands below its text, not below its lead, and `hang` further in. */
  | { readonly text: Sentence; readonly lead?: string; readonly hang?: number }
  /** To be copied: on a line of its own, never wrapped. */
  | { readonly command: string }
  /** Fits as it is: made for `widthOf` the layout. */
  | { readonly exact: string };

export interface Section {
  readonly label: string;
  readonly lines: readonly Line[];
}
