// What is wrong with files that people wrote: each problem with its place, all of them in one error.

import { UsageError } from '../errors.ts';
import { nearest } from '../nearest.ts';

/** Steps from the document's root to a value: field names and list indexes. */
export type KeyPath = readonly (string | number)[];

/** A spot in a file; line and column count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly length: number;
  /** The line itself; `null` where it must not be shown. */
  readonly text: string | null;
}

export interface Problem {
  readonly path: string;
  /** `null` where the file as a whole is meant. */
  readonly place: Place | null;
  readonly message: string;
  readonly help: string | null;
}

interface Mark {
  /** Whether the field's name or its value is at fault; the value unless said. */
  readonly at?: 'key' | 'value';
  /** The part of the value that is at fault, as it is written there. */
  readonly piece?: string;
  readonly help?: string | undefined;
  /** The line holds something that must not be printed. */
  readonly secret?: boolean;
}

export type Mask = (text: string) => string;

/** Takes note of a problem with the value at `path` of the file in hand. */
export type Report = (path: KeyPath, message: string, mark?: Mark) => void;

/** Files that cannot be used. The message is a block of lines that is meant to be shown as it is. */
export class YamlProblems extends UsageError {
  override readonly isBlock = true;
  readonly problems: readonly Problem[];

  /** `mask` takes secrets out of a text; the words of a message are to be masked by whoever shows it. */
  constructor(problems: readonly Problem[], mask: Mask) {
    super(describeProblems(problems, mask));
    this.problems = problems;
  }
}

/** More than anyone reads; a file of rubbish shall not fill the screen. */
const MAX_SHOWN = 100;
const MAX_EXCERPT = 120;
const MAX_QUOTED = 60;
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;

function describeProblems(problems: readonly Problem[], mask: Mask): string {
  const blocks = problems.slice(0, MAX_SHOWN).map((problem) => describeProblem(problem, mask));
  const more = problems.length - blocks.length;
  if (more > 0) blocks.push(`error: and ${more} more`);
  return blocks.join('\n\n');
}

function describeProblem({ path: file, place, message, help }: Problem, mask: Mask): string {
  const head = `error: ${message}`;
  const path = file.replace(CONTROL, ' ');
  if (place === null) return `${head}\n  --> ${path}${help === null ? '' : `\n   = ${help}`}`;
  const gutter = ' '.repeat(String(place.line).length);
  const lines = [head, `${gutter} --> ${path}:${place.line}:${place.column}`];
  if (place.text === null || cutsSecret(place.text, mask)) {
    if (help !== null) lines.push(`${gutter}  = ${help}`);
    return lines.join('\n');
  }
  const { text, column } = excerpt(place.text, place.column);
  const carets = '^'.repeat(Math.max(1, Math.min(place.length, text.length - column + 1)));
  lines.push(`${gutter}  |`, ` ${place.line} | ${text}`);
  lines.push(`${gutter}  | ${' '.repeat(column - 1)}${carets}${help === null ? '' : ` ${help}`}`);
  return lines.join('\n');
}

/** A part of a secret, or one cut off from its name, does not look like one. */
function cutsSecret(line: string, mask: Mask): boolean {
  return line.length > MAX_EXCERPT && mask(line) !== line;
}

/** A long line is cut to what stands around the column. */
function excerpt(line: string, column: number): { readonly text: string; readonly column: number } {
  const start = column > MAX_EXCERPT - 20 ? column - 40 : 0;
  const text = line.slice(start, start + MAX_EXCERPT).replace(CONTROL, ' ');
  return { text, column: column - start };
}

/** A word of the file as messages quote it: in backticks, short, on one line. */
export function quote(word: string): string {
  const clean = word.replace(CONTROL, ' ');
  return `\`${clean.length > MAX_QUOTED ? `${wholeWords(clean.slice(0, MAX_QUOTED))}…` : clean}\``;
}

/** A part of a word may be that of a secret, which nobody would recognise; one that long is masked as it is. */
function wholeWords(text: string): string {
  return text.replace(/[^ ]+$/, (last) => (last === text ? last : ''));
}

/** Points to the word that was meant, or says which words there are. */
export function suggest(word: string, candidates: readonly string[]): string | undefined {
  const meant = nearest(word, candidates);
  if (meant !== undefined) return `did you mean \`${meant}\`?`;
  return candidates.length === 0 ? undefined : `there are: ${candidates.join(', ')}`;
}
