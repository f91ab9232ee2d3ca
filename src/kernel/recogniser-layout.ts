// Where everything lies in the memory of a recogniser, and how entries and templates are laid out in it.

export const LONGEST_RECORD = 32 * 1024;
/** No template may come to more, its gaps filled. */
export const LONGEST_OUTPUT = 128 * 1024;
/** What is kept of one sort, by hash: each has a number of whoever keeps it. */
export type Kept = 'traces' | 'threads' | 'wordings';

/** What the kernel tells, the id and the time that are filled in, and words that stand in every finding. */
export const FACTS_AT = 1024;
export const ID_AT = 1280;
export const TIME_AT = 1344;
export const WORDS_AT = 1408;
const TABLES_AT = 2048;
export const TABLE_SIZE = 4096;
export const THREADS_AT = TABLES_AT + 3 * TABLE_SIZE;
export const THREADS_SIZE = 128 * 1024;
export const RECORD_AT = THREADS_AT + THREADS_SIZE;
/** Blocks are read and written somewhat beyond what counts. */
export const PAD = 256;
export const OUTPUT_AT = RECORD_AT + LONGEST_RECORD + PAD;
export const ID_TEXT_AT = OUTPUT_AT + LONGEST_OUTPUT + PAD;
export const KEPT_SIZE = 6 * 1024 ** 2;
/** An offset, and what stands around it. */
export const OFFSET_ROOM = 64;
/** Before the bytes of an entry. */
export const ENTRY_HEAD = 16;
export const WORDING_HEAD = 40;
export const PART = 12;
/** More entries of one hash are not looked at. */
export const MOST_ALIKE = 64;
/** Views of what begins where it always begins are kept up to this length: to make one costs more than to copy it. */
export const LONGEST_VIEW = 8192;

export const WORDS = [',"endLine":', ',"offset":', ',"bytes":'];
export const TABLES: Readonly<Record<Kept, number>> = {
  traces: TABLES_AT,
  threads: TABLES_AT + TABLE_SIZE,
  wordings: TABLES_AT + 2 * TABLE_SIZE,
};
