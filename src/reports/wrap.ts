// Breaks sentences into lines by cells. What is to be copied in one piece (a path, an address) is never broken.
import { cellsOf, splitAtCells } from './cells.ts';

/** Stays in one piece, blanks and all, even on a line that is too short for it. */
export interface Whole {
  readonly whole: string;
}

/** Stays in one piece where it fits. */
export interface Together {
  readonly together: string;
}

export type Part = string | Whole | Together;

/** Parts are set apart by a blank. */
export type Sentence = string | readonly Part[];

/** Longer words are broken even if they look like a path. */
const LONGEST_PATH = 120;

export function whole(text: string): Whole {
  return { whole: text };
}

export function together(text: string): Together {
  return { together: text };
}

/** A piece of a broken word has no blank before it. */
interface Word {
  readonly text: string;
  readonly blank: ' ' | '';
}

/** Every line but the first has `hang` cells less. */
export function wrap(sentence: Sentence, width: number, hang = 0): readonly string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const { text, blank } of wordsOf(sentence, width - hang)) {
    const cells = cellsOf(text);
    if (used > 0 && used + blank.length + cells > (lines.length > 0 ? width - hang : width)) {
      lines.push(line.trimEnd());
      line = '';
      used = 0;
    }
    const piece = used > 0 ? blank + text : text;
    line += piece;
    used += used > 0 ? blank.length + cells : cells;
  }
  return used > 0 ? [...lines, line.trimEnd()] : lines;
}

function wordsOf(sentence: Sentence, width: number): readonly Word[] {
  const parts = typeof sentence === 'string' ? [sentence] : sentence;
  return parts.flatMap((part) => {
    if (typeof part === 'string') return part.split(' ').flatMap((word) => breakUp(word, width));
    if ('whole' in part) return { text: part.whole, blank: ' ' };
    return cellsOf(part.together) <= width
      ? { text: part.together, blank: ' ' }
      : wordsOf(part.together, width);
  });
}

function breakUp(word: string, width: number): readonly Word[] {
  if (word === '') return [];
  const cells = cellsOf(word);
  if (cells <= width || (cells <= LONGEST_PATH && word.includes('/'))) return [{ text: word, blank: ' ' }];
  const pieces: Word[] = [];
  for (let rest = word; rest !== ''; ) {
    const [piece, next] = splitAtCells(rest, width);
    pieces.push({ text: piece, blank: pieces.length === 0 ? ' ' : '' });
    rest = next;
  }
  return pieces;
}
