// Lays sections out in lines of a given width: labels beside their texts, or, where it is narrow, above them.
import { cellsOf, clip } from './cells.ts';
import type { Paint } from './paint.ts';
import type { Line, Section } from './section.ts';
import { type Sentence, together, whole, wrap } from './wrap.ts';

/** No line of prose is longer, however wide the terminal: eyes lose the way back. */
const WIDEST = 100;
const NARROWEST = 20;
/** From here on, labels stand beside their texts. */
const ROOMY = 60;
/** From here on, a count may stand beside a title. */
const WIDE = 90;
const COMMAND_INDENT = 6;
/** Cells that a line has for its text behind its lead, and for its lead, at least. */
const LEAST_TEXT = 12;
const LEAST_LEAD = 6;

export interface Page {
  readonly width: number;
  /** Cells left of the labels. */
  readonly margin: number;
  /** Cells from label to text; 0: the text stands below its label. */
  readonly labelWidth: number;
  /** What ends a label. */
  readonly mark: string;
  readonly paint: Paint;
  /** Makes text fit the terminal's character set, where that is a small one. */
  readonly fit?: (text: string) => string;
}

/** A line as it will be printed, but for what is drawn in the margin. */
export interface Row {
  readonly text: string;
  readonly isCommand: boolean;
}

export function widthOf(columns: number): number {
  return Math.min(WIDEST, Math.max(NARROWEST, columns || WIDEST));
}

export function isRoomy(width: number): boolean {
  return width >= ROOMY;
}

export function isWide(width: number): boolean {
  return width >= WIDE;
}

/** What is left for text beside or below the labels. */
export function textWidthOf({ width, margin, labelWidth }: Page): number {
  return width - margin - (labelWidth === 0 ? 2 : labelWidth);
}

export function layOut(sections: readonly Section[], page: Page): readonly Row[] {
  return sections.filter(({ lines }) => lines.length > 0).flatMap((section) => layOutOne(section, page));
}

function layOutOne({ label, lines }: Section, page: Page): readonly Row[] {
  const { labelWidth, mark, paint } = page;
  const rows = lines.flatMap((line) => rowsOf(line, page));
  const [first] = rows;
  const name = paint.label(`${label}${mark}`);
  if (labelWidth === 0 || first?.isCommand) return [{ text: name, isCommand: false }, ...rows];
  const gap = ' '.repeat(Math.max(1, labelWidth - cellsOf(`${label}${mark}`)));
  return [{ text: name + gap + (first?.text.slice(labelWidth) ?? ''), isCommand: false }, ...rows.slice(1)];
}

function rowsOf(line: Line, page: Page): readonly Row[] {
  const indent = ' '.repeat(page.labelWidth === 0 ? 2 : page.labelWidth);
  if ('command' in line) {
    const left = ' '.repeat(COMMAND_INDENT - page.margin);
    return [{ text: left + page.paint.command(fitTo(page, line.command)), isCommand: true }];
  }
  if ('exact' in line) return [{ text: indent + line.exact, isCommand: false }];
  // Hostile text must not leave too little room for what follows.
  const lead = clip(fitTo(page, line.lead ?? ''), Math.max(LEAST_LEAD, textWidthOf(page) - LEAST_TEXT));
  const width = textWidthOf(page) - cellsOf(lead);
  const { hang = 0 } = line;
  return wrap(fitAll(line.text, page), width, hang).map((piece, index) => ({
    text: indent + (index === 0 ? lead : ' '.repeat(cellsOf(lead) + hang)) + piece,
    isCommand: false,
  }));
}

export function fitTo(page: Page, text: string): string {
  return page.fit?.(text) ?? text;
}

function fitAll(sentence: Sentence, page: Page): Sentence {
  if (typeof sentence === 'string') return fitTo(page, sentence);
  return sentence.map((part) => {
    if (typeof part === 'string') return fitTo(page, part);
    return 'whole' in part ? whole(fitTo(page, part.whole)) : together(fitTo(page, part.together));
  });
}
