// The two reports in blocks, plain and boxed: one block a fault, the gravest first, then what was read and what was not.
import { type Fault, faultsOf } from '../findings/fault.ts';
import { Collected } from './collect.ts';
import { describeFault } from './fault-text.ts';
import { layOut, type Page, type Row, textWidthOf } from './layout.ts';
import type { Report, ReportOptions } from './report.ts';
import { codesOf, describeRun } from './run-text.ts';
import type { Memory } from './variant-text.ts';
import { countOf, showCount } from './words.ts';

/** Faults beyond this many are named in a line or two each. */
const MAX_BLOCKS = 100;

/** How a report looks. */
export interface Look {
  /** For the blocks of faults, and for the end of the report. */
  readonly block: Page;
  readonly closing: Page;
  readonly unicode: boolean;
  /** A fault in a line or two that stand alone. */
  head(fault: Fault): readonly string[];
  /** Draws the margin. */
  frame(head: readonly string[], rows: readonly Row[]): readonly string[];
}

export function openProseReport({ checked }: ReportOptions, look: Look): Report {
  const collected = new Collected();
  return {
    take(event) {
      // Surroundings of findings are not shown, so they are not kept.
      if (event.type !== 'context') collected.take(event);
      return '';
    },
    end: () => describeAll(collected, checked, look),
  };
}

function* describeAll(
  collected: Collected,
  checked: ReportOptions['checked'],
  look: Look,
): Generator<string> {
  let isFirst = true;
  for (const block of blocksOf(collected, checked, look)) {
    yield isFirst ? block : `\n${block}`;
    isFirst = false;
  }
}

function* blocksOf(
  { faults, errors, summary }: Collected,
  checked: ReportOptions['checked'],
  look: Look,
): Generator<string> {
  const all = faultsOf(faults.groups());
  const memory: Memory = new Map();
  for (const fault of all.slice(0, MAX_BLOCKS)) yield blockOf(fault, memory, look);
  const rest = all.slice(MAX_BLOCKS);
  if (rest.length > 0)
    yield linesOf([`${countOf(rest.length, 'more fault')}, in short:`, ...rest.flatMap(look.head)]);
  if (faults.omitted > 0)
    yield `${showCount(faults.omitted)} more findings of further faults are counted, not shown.\n`;
  if (summary !== null) {
    const codes = codesOf(
      summary,
      all.map(({ example }) => example.code),
    );
    const rows = layOut(describeRun({ summary, errors, codes, checked }), look.closing);
    yield linesOf(rows.map(({ text }) => text));
  }
}

/** One fault; what `memory` knows was told in a block before is referred to. */
export function blockOf(fault: Fault, memory: Memory, look: Look): string {
  const canvas = { width: textWidthOf(look.block), unicode: look.unicode };
  return linesOf(look.frame(look.head(fault), layOut(describeFault(fault, canvas, memory), look.block)));
}

function linesOf(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}
