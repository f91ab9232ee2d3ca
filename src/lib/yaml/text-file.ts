// A small text file that a person wrote, read whole and within bounds; what is wrong with it becomes a problem.
import { readFileSync, statSync } from 'node:fs';
import { systemCode } from '../errors.ts';
import type { Place, Problem } from './problem.ts';

export interface TextFile {
  readonly path: string;
  readonly text: string;
}

const MAX_BYTES = 1024 * 1024;
/** The YAML parser compares every key with every other. */
const MAX_LINES = 2000;
const REPLACEMENT = '\uFFFD';

/** `what` names the kind of file in messages. At once: Node's other ways take longer to load than such a file to read. */
export function readTextFile(path: string, what: string): TextFile | Problem {
  let bytes: Buffer;
  try {
    const found = statSync(path);
    // A pipe would keep the program waiting, and a directory named like a file is none.
    if (!found.isFile()) return problemWith(path, 'not a regular file');
    if (found.size > MAX_BYTES) return problemWith(path, `a ${what} larger than 1 MiB`);
    bytes = readFileSync(path);
  } catch (error) {
    return unreadable(path, what, error);
  }
  const text = new TextDecoder().decode(bytes);
  if (text.split('\n').length > MAX_LINES)
    return problemWith(path, `a ${what} of more than ${MAX_LINES} lines`);
  if (text.trim() === '') return problemWith(path, 'the file is empty');
  return isUtf8(bytes)
    ? { path, text }
    : { ...problemWith(path, 'not valid UTF-8'), place: firstInvalid(text) };
}

function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function firstInvalid(text: string): Place {
  const before = text.slice(0, text.indexOf(REPLACEMENT)).split('\n');
  const column = (before.at(-1) ?? '').length + 1;
  const line = text.split('\n')[before.length - 1] ?? '';
  return { line: before.length, column, length: 1, text: line };
}

/** Throws what is no system error. */
export function unreadable(path: string, what: string, error: unknown): Problem {
  const code = systemCode(error);
  if (code === undefined) throw error;
  if (code === 'ENOENT' || code === 'ENOTDIR') return problemWith(path, `no such ${what} or directory`);
  if (code === 'EACCES' || code === 'EPERM') return problemWith(path, `no permission to read this ${what}`);
  return problemWith(path, `this ${what} cannot be read (${code})`);
}

/** A problem with the file as a whole. */
export function problemWith(path: string, message: string, help: string | null = null): Problem {
  return { path, place: null, message, help };
}
