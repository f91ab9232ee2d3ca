// Steps, numbered; those that stand above already are referred to instead of told again.
import type { Advice, AdviceStep, VerifyStep } from '../findings/finding.ts';
import { clip } from './cells.ts';
import type { Line } from './section.ts';
import { show, showCommand } from './show.ts';
import { PLACES } from './words.ts';
import { together } from './wrap.ts';

const MAX_TEXT = 4000;
const MAX_SOURCE = 120;
const MAX_SECTION = 24;

/** Advice that has been told, and how to speak of it: `above`, `in the first VNA1001 block above`. */
export interface Told {
  readonly advice: Advice;
  readonly where: string;
}

/** What an advice says, at most so much of it. */
export function showText(text: string): string {
  return clip(show(text), MAX_TEXT);
}

export function describeSteps({ steps, links }: Advice, told: Told | null): readonly Line[] {
  const lines: Line[] = [];
  let next = 0;
  for (const [index, step] of steps.entries()) {
    if (index < next) continue;
    const [from, length] = toldSteps(steps, index, told?.advice.steps ?? []);
    next = index + Math.max(1, length);
    if (length === 0) lines.push(...describeStep(step, index, links));
    else {
      const text = `as ${length === 1 ? 'step' : 'steps'} ${rangeOf(from, length)} ${told?.where}`;
      lines.push({ lead: `${rangeOf(index, length)}. `, text });
    }
  }
  return lines;
}

function describeStep(step: AdviceStep, index: number, links: Advice['links']): readonly Line[] {
  const place = step.where === null ? '' : `${PLACES.get(step.where) ?? show(step.where)}: `;
  const source = step.source === null ? [] : [together(`[${sourceOf(step.source, links)}]`)];
  const text = [place + showText(step.do), ...source];
  const lead = `${index + 1}. `;
  return [{ lead, text }, ...describeCommand(step, ' '.repeat(lead.length))];
}

export function describeChecks(checks: readonly VerifyStep[]): readonly Line[] {
  return checks.flatMap((check) => [{ text: showText(check.do) }, ...describeCommand(check, '')]);
}

function describeCommand({ run, expect }: VerifyStep, indent: string): readonly Line[] {
  return [
    ...(run === null ? [] : showCommand(run).map((command) => ({ command }))),
    ...(expect === null ? [] : [{ lead: indent, text: `expect: ${showText(expect)}` }]),
  ];
}

/** Where in `known` the steps from `index` on stand, and how many of them do so in a row. */
function toldSteps(
  steps: readonly AdviceStep[],
  index: number,
  known: readonly AdviceStep[],
): readonly [number, number] {
  const from = known.findIndex((step) => isSame(step, steps[index]));
  if (from < 0) return [from, 0];
  let length = 1;
  while (from + length < known.length && isSame(known[from + length], steps[index + length])) length += 1;
  return [from, length];
}

export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** `3-5`: numbers as people count them. */
export function rangeOf(from: number, length: number): string {
  return length === 1 ? String(from + 1) : `${from + 1}-${from + length}`;
}

/** A page by its number among the links; a section of the article by the beginning of its name. */
function sourceOf(source: string, links: Advice['links']): string {
  const at = links.findIndex(({ title }) => title === source);
  if (at >= 0) return String(at + 1);
  const [, article = '', section = '', step = ''] = /^(KB \w+, )(.*?)( \d+)?$/.exec(show(source)) ?? [];
  return article === '' ? clip(show(source), MAX_SOURCE) : `${article}${beginningOf(section)}${step}`;
}

function beginningOf(section: string): string {
  if (section.length <= MAX_SECTION) return section;
  return `${section.slice(0, section.lastIndexOf(' ', MAX_SECTION)).slice(0, MAX_SECTION)}...`;
}
