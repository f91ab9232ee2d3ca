// Why a fault happens and how to mend it, for each of its variants: the surest in full, of the others what differs.
import type { Fault } from '../findings/fault.ts';
import type { Advice } from '../findings/finding.ts';
import type { FaultVariant } from '../findings/group.ts';
import type { Line, Section } from './section.ts';
import { show } from './show.ts';
import { describeChecks, describeSteps, isSame, rangeOf, showText, type Told } from './steps-text.ts';
import { showCount } from './words.ts';
import { type Part, together, whole } from './wrap.ts';

/** The advice of each code and variant where it was told first; blocks that follow refer to it. */
export type Memory = Map<string, Advice>;

export function describeVariants({ example, count, variants }: Fault, memory: Memory): readonly Section[] {
  const [surest] = variants;
  return variants.flatMap((variant) => {
    const isFirst = variant === surest;
    const key = keyOf(example.rule, variant);
    const before = memory.get(key);
    const told: Told | null =
      before !== undefined
        ? { advice: before, where: inFirst(example.code) }
        : isFirst || surest?.advice == null
          ? null
          : { advice: surest.advice, where: 'above' };
    if (variant.advice !== null && before === undefined) memory.set(key, variant.advice);
    return describeVariant(variant, told, isFirst ? 'why' : 'or', variants.length > 1 ? count : null);
  });
}

/** `total`: of how many records the variant has its share; `null` if it has all. */
function describeVariant(
  variant: FaultVariant,
  told: Told | null,
  label: string,
  total: number | null,
): readonly Section[] {
  const { advice } = variant;
  const sure = describeSureness(variant, total);
  if (advice === null) return [{ label, lines: [{ text: sure }] }];
  const known = told?.advice;
  const why = advice.why === known?.why ? `as ${told?.where}` : showText(advice.why);
  const summary: Line[] =
    advice.summary === known?.summary || advice.summary === '' ? [] : [{ text: showText(advice.summary) }];
  const verify: readonly Line[] =
    known !== undefined && isSame(advice.verify, known.verify)
      ? [{ text: `as ${told?.where}` }]
      : describeChecks(advice.verify);
  return [
    { label, lines: [{ text: [sure, ...describeSources(advice)] }, { text: why }] },
    { label: 'fix', lines: [...summary, ...describeSteps(advice, told)] },
    { label: 'verify', lines: advice.verify.length === 0 ? [] : verify },
  ];
}

function describeSources({ links }: Advice): readonly Part[] {
  if (links.length === 0) return [];
  return [together(`[${links.length === 1 ? 'source' : 'sources'} ${rangeOf(0, links.length)} below]`)];
}

function describeSureness({ variant, confidence, count }: FaultVariant, total: number | null): string {
  const share = total === null ? '' : `, ${showCount(count)} of ${showCount(total)} records`;
  return `${confidence}${variant === null ? '' : `: ${show(variant)}`}${share}`;
}

/** `memory` as it was before the fault's variants were described. */
export function describeLinks({ example, variants }: Fault, memory: Memory): readonly Line[] {
  const variant = variants.find(({ advice }) => advice !== null);
  const links = variant?.advice?.links ?? [];
  const before = variant === undefined ? undefined : memory.get(keyOf(example.rule, variant));
  if (links.length > 0 && isSame(links, before?.links))
    return [{ text: `${rangeOf(0, links.length)}. as ${inFirst(example.code)}` }];
  return links.map(({ title, url }, index) => ({
    lead: `${index + 1}. `,
    text: [showText(title), whole(show(url))],
  }));
}

function keyOf(rule: string, { variant }: FaultVariant): string {
  return JSON.stringify([rule, variant]);
}

function inFirst(code: string): string {
  return `in the first ${show(code)} block above`;
}
