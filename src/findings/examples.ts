// The few findings that stand for a fault. Kept as copies, packed where there are many: text is most of what reports keep.
import { keep } from '../lib/detached.ts';
import { pack } from '../lib/pack.ts';
import type { Finding } from './finding.ts';

const MAX_EXAMPLES = 5;

/** One of them, without advice. */
export interface Example {
  readonly id: string;
  readonly variant: string | null;
  /** Takes some time; what it yields may be a new copy. */
  read(): Finding;
}

/** The first few; one that shows another way of failing takes the place of one that shows the same as others. */
export function keepExample(examples: Example[], finding: Finding, isPacked: boolean): void {
  const isFull = examples.length >= MAX_EXAMPLES;
  if (isFull && examples.some(({ variant }) => variant === finding.variant)) return;
  if (isFull) {
    const repeat = examples.findLastIndex(({ variant }, index) =>
      examples.slice(0, index).some((earlier) => earlier.variant === variant),
    );
    if (repeat < 0) return;
    examples.splice(repeat, 1);
  }
  examples.push(exampleOf(finding, isPacked));
}

function exampleOf({ advice: _, ...finding }: Finding, isPacked: boolean): Example {
  const { id, variant } = finding;
  return { id, variant, read: (isPacked ? pack : keep)(finding) };
}
