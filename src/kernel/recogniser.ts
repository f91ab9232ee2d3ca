// Records whose wording is known, recognised in raw bytes, and templates filled with their pieces, in a memory of its own that
// never grows. What is kept in it is bounded: when there is no room for more, all is forgotten. What forms pieces have is
// told in assembly/known/; what may be kept, and what it means, is for others to say.
import { instantiateKernel, type RecogniserExports } from './module.ts';
import { RecogniserFacts } from './recogniser-facts.ts';
import {
  ENTRY_HEAD,
  FACTS_AT,
  ID_AT,
  ID_TEXT_AT,
  KEPT_SIZE,
  type Kept,
  LONGEST_RECORD,
  LONGEST_VIEW,
  OFFSET_ROOM,
  OUTPUT_AT,
  PAD,
  PART,
  RECORD_AT,
  TABLE_SIZE,
  TABLES,
  THREADS_AT,
  THREADS_SIZE,
  TIME_AT,
  WORDING_HEAD,
  WORDS,
  WORDS_AT,
} from './recogniser-layout.ts';

export const RECOGNISED = {
  notOfForm: 0,
  unknownTrace: 1,
  unknownThread: 2,
  unknownWording: 3,
  known: 4,
} as const;

/** What a record may be asked for with in place of its trace: it has none, whatever it looks like. */
export const NO_TRACE = 1;

/** What stands in a gap of a template, as assembly/known/fill.ts has them; the request ids behind the last one. */
export const GAP_CODES = {
  none: 0,
  id: 1,
  time: 2,
  place: 3,
  line: 4,
  stamp: 5,
  thread: 6,
  trace: 7,
} as const;
const FIRST_REQUEST_ID = 8;

/** Where bytes stand in the memory. */
export interface Stored {
  readonly at: number;
  readonly length: number;
}

interface Region {
  at: number;
  readonly from: number;
  readonly to: number;
}

export class Recogniser {
  readonly memory: Buffer;
  readonly recordAt = RECORD_AT;
  readonly facts: RecogniserFacts;
  readonly #kernel: RecogniserExports;
  readonly #words: Uint32Array;
  readonly #threads: Region = { at: THREADS_AT, from: THREADS_AT, to: THREADS_AT + THREADS_SIZE };
  readonly #kept: Region;
  readonly #outputs: Buffer[] = [];
  readonly #idTexts: Buffer[] = [];
  /** Whether there was no room for something, so that it is time to forget. */
  isFull = false;
  #length = 0;
  #offset = 0;

  /** `idPrefix`: what stands before the header line in the text of which an id is made. */
  constructor(idPrefix: Buffer) {
    const keptAt = roundUp(ID_TEXT_AT + idPrefix.length + LONGEST_RECORD + OFFSET_ROOM + PAD);
    const { buffer, kernel } = instantiateKernel(keptAt + KEPT_SIZE + PAD);
    this.#kept = { at: keptAt, from: keptAt, to: keptAt + KEPT_SIZE };
    this.#kernel = kernel;
    this.memory = Buffer.from(buffer);
    this.#words = new Uint32Array(buffer);
    this.facts = new RecogniserFacts(this.#words);
    this.memory.set(idPrefix, ID_TEXT_AT);
    for (const [at, word] of WORDS.entries()) this.memory.write(word, WORDS_AT + at * 16);
    const { traces, threads, wordings } = TABLES;
    kernel.setRecogniser(RECORD_AT, FACTS_AT, traces, threads, wordings, ID_TEXT_AT, idPrefix.length);
    kernel.setFiller(OUTPUT_AT, ID_AT, TIME_AT, WORDS_AT, FACTS_AT + 64);
  }

  /** Where the record at hand ends in the memory. */
  get recordEnd(): number {
    return RECORD_AT + this.#length;
  }

  /** Looks at a record of at most `LONGEST_RECORD` bytes that begins at that offset of its log. */
  recognise(bytes: Buffer, from: number, to: number, offset: number): number {
    bytes.copy(this.memory, RECORD_AT, from, to);
    this.#length = to - from;
    this.#offset = offset;
    return this.#kernel.recognise(this.#length, offset, 0, 0);
  }

  /** The same record again, with entries in place of what was unknown; 0: to be looked up. */
  again(trace: number, thread: number): number {
    return this.#kernel.recognise(this.#length, this.#offset, trace, thread);
  }

  /** The text of which the id of a known record is made. */
  get idText(): Buffer {
    return this.#view(this.#idTexts, ID_TEXT_AT, this.facts.idTextLength);
  }

  /** Entries of bytes of the memory; `null` if there is no room. */
  keep(sort: 'traces' | 'threads', number: number, { at, length }: Stored): number | null {
    const entry =
      sort === 'threads' ? take(this.#threads, ENTRY_HEAD + length) : this.#take(ENTRY_HEAD + length);
    if (entry === null) return null;
    this.memory.copy(this.memory, entry + ENTRY_HEAD, at, at + length);
    this.#link(sort, entry, number, length);
    return entry;
  }

  /** The wording of the record at hand, which is unknown till then; false if there is no room. */
  keepWording(number: number): boolean {
    const entry = this.#take(WORDING_HEAD + this.#length);
    if (entry === null) return false;
    this.#link('wordings', entry, number, this.facts.shape);
    // Most of a record is its trace.
    this.#kept.at = entry + roundUp(WORDING_HEAD + this.#kernel.writeWording(entry, this.#offset));
    return true;
  }

  /** `null` as above. */
  store(bytes: Uint8Array): Stored | null {
    const at = this.#take(bytes.length);
    if (at === null) return null;
    this.memory.set(bytes, at);
    return { at, length: bytes.length };
  }

  /** Its address; `null` as above. A gap is one of `GAP_CODES`, or `requestIdGap`. */
  storeTemplate(texts: readonly Stored[], gaps: readonly number[]): number | null {
    const template = this.#take(4 + texts.length * PART);
    if (template === null) return null;
    let word = template >> 2;
    this.#words[word] = texts.length;
    for (const [at, { at: text, length }] of texts.entries()) {
      this.#words[word + 1] = text;
      this.#words[word + 2] = length;
      this.#words[word + 3] = gaps[at] ?? GAP_CODES.none;
      word += 3;
    }
    return template;
  }

  /** The id that is filled in. */
  setId(id: string): void {
    for (let at = 0; at < id.length; at += 1) this.memory[ID_AT + at] = id.charCodeAt(at);
  }

  /** A template filled for the record at hand; good until the next one. `time` stands in place of the record's own. */
  fill(
    template: number,
    { line, endLine, offset, bytes }: Place,
    time: string | null,
    trace: Stored | null,
  ): Buffer {
    const timeLength = time === null ? 0 : this.memory.write(time, TIME_AT);
    const [at, length] = trace === null ? [0, 0] : [trace.at, trace.length];
    const end = this.#kernel.fill(template, line, endLine, offset, bytes, timeLength, at, length);
    return this.#view(this.#outputs, OUTPUT_AT, end);
  }

  /** Everything but threads. */
  forget(): void {
    this.#clear('traces');
    this.#clear('wordings');
    this.#kept.at = this.#kept.from;
    this.isFull = false;
  }

  forgetThreads(): void {
    this.#clear('threads');
    this.#threads.at = this.#threads.from;
  }

  #clear(sort: Kept): void {
    this.memory.fill(0, TABLES[sort], TABLES[sort] + TABLE_SIZE);
  }

  #link(sort: Kept, entry: number, number: number, shape: number): void {
    const head = (TABLES[sort] >> 2) + (this.facts.hash & (TABLE_SIZE / 4 - 1));
    const word = entry >> 2;
    this.#words[word] = this.#words[head] ?? 0;
    this.#words[word + 1] = this.facts.hash;
    this.#words[word + 2] = number;
    this.#words[word + 3] = shape;
    this.#words[head] = entry;
  }

  #take(size: number): number | null {
    const at = take(this.#kept, size);
    this.isFull ||= at === null;
    return at;
  }

  #view(views: Buffer[], at: number, length: number): Buffer {
    if (length > LONGEST_VIEW) return this.memory.subarray(at, at + length);
    views[length] ??= this.memory.subarray(at, at + length);
    return views[length];
  }
}

export function requestIdGap(number: number): number {
  return FIRST_REQUEST_ID + number;
}

interface Place {
  readonly line: number;
  readonly endLine: number;
  readonly offset: number;
  readonly bytes: number;
}

function take(region: Region, size: number): number | null {
  const { at } = region;
  if (at + size + PAD > region.to) return null;
  region.at = at + roundUp(size);
  return at;
}

/** With room for what is copied beyond its end. */
function roundUp(size: number): number {
  return (size + 31) & ~15;
}
