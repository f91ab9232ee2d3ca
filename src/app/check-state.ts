// What a check remembers of one log from run to run.
import { type Book, EMPTY_BOOK } from '../alerts/book.ts';
import type { FamilyMemory, Position } from '../sources/resume/position.ts';
import type { Foreseen } from './live-log.ts';

export interface CheckState {
  /** The log, for people: the file's name holds only a part of its path. */
  readonly log: string;
  readonly family: FamilyMemory;
  /** Records before are not reported (ms): what the first run found is not read to its end yet. */
  readonly since: number | null;
  /** What the last records of contents tell that may not be over yet, by the hash of the head. */
  readonly held: readonly Held[];
  readonly book: Book;
}

interface Held extends Foreseen {
  readonly content: string;
}

/** As a run of that time takes it: a clock that was set back leaves no time to come. */
export function asOf(state: CheckState, now: number): CheckState {
  const contents = state.family.contents.map((position) =>
    position.grownAt > now ? { ...position, grownAt: now } : position,
  );
  return { ...state, family: { ...state.family, contents } };
}

/** `null` for what no check wrote: it is not taken for half a state. */
export function parseCheckState(body: unknown): CheckState | null {
  if (!isRecord(body)) return null;
  const { log, family, since, held, book } = body;
  const isWhole =
    isText(log) && isFamily(family) && isNumberOrNull(since) && isListOf(held, isHeld) && isBook(book);
  return isWhole ? (body as unknown as CheckState) : null;
}

function isFamily(value: unknown): value is FamilyMemory {
  if (!isRecord(value)) return false;
  const { contents, known, horizon, folders } = value;
  return (
    isListOf(contents, isPosition) &&
    isListOf(known, isText) &&
    isNumberOrNull(horizon) &&
    isListOf(folders, isText)
  );
}

function isPosition(value: unknown): value is Position {
  if (!isRecord(value)) return false;
  const { head, end, marker, place, time, file, grownAt, isLive, isLost } = value;
  return (
    isPrint(head) &&
    isPrint(marker) &&
    isCount(end) &&
    isPlace(place) &&
    isNumberOrNull(time) &&
    isFile(file) &&
    isNumber(grownAt) &&
    isFlag(isLive) &&
    isFlag(isLost)
  );
}

function isPrint(value: unknown): boolean {
  return isRecord(value) && isCount(value['length']) && value['length'] > 0 && isText(value['hash']);
}

function isPlace(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { line, offset, reported, settled } = value;
  return isCount(line) && isCount(offset) && isListOf(reported, isReported) && isFlag(settled);
}

function isReported(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { offset, codes } = value;
  return isCount(offset) && (codes === null || isListOf(codes, isText));
}

function isFile(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { path, identity, size, modified, packed } = value;
  return isText(path) && isText(identity) && isCount(size) && isNumber(modified) && isFlag(packed);
}

function isHeld(value: unknown): value is Held {
  if (!isRecord(value)) return false;
  const { content, findings, reported } = value;
  return isText(content) && isListOf(findings, isFinding) && isListOf(reported, isReported);
}

function isFinding(value: unknown): boolean {
  return isRecord(value) && value['type'] === 'finding' && isText(value['id']) && isRecord(value['source']);
}

function isBook(value: unknown): value is Book {
  if (!isRecord(value) || value['schema'] !== EMPTY_BOOK.schema) return false;
  return Object.entries(EMPTY_BOOK).every(([name, empty]) =>
    Array.isArray(empty) ? Array.isArray(value[name]) : typeof value[name] === typeof empty,
  );
}

function isRecord(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isListOf<T>(value: unknown, test: (item: unknown) => item is T): value is readonly T[];
function isListOf(value: unknown, test: (item: unknown) => boolean): boolean;
function isListOf(value: unknown, test: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(test);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isFlag(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isNumberOrNull(value: unknown): value is number | null {
  return value === null || isNumber(value);
}
