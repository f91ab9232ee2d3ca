// A rule explained for people: how it is recognised, and for each of its causes an example, why, fix and verification;
// then when the advice is wrong, and where it is known from.
import type { Citation, Clause, ExplainedVariant, Explanation } from '../findings/explanation.ts';
import type { Advice, Severity } from '../findings/finding.ts';
import { layOut, type Page, widthOf } from './layout.ts';
import { paintWith } from './paint.ts';
import type { Line, Section } from './section.ts';
import { show, showCommand } from './show.ts';
import { describeChecks, describeSteps, showText, type Told } from './steps-text.ts';
import { whole, wrap } from './wrap.ts';

const LABEL_WIDTH = 10;
/** In fewer columns, labels stand above their texts. */
const LEAST_WIDTH = 40;

export interface ExplainOptions {
  readonly color: boolean;
  readonly columns: number;
}

export function explanationText(explanation: Explanation, options: ExplainOptions): string {
  const { code, title, severity, status, rule, variants, notes, recognised } = explanation;
  const kind = [`severity ${severity}`, ...(status === 'stable' ? [] : [status])].join(', ');
  const known = [
    ...recognised.flatMap((clause) => describeClause(clause)),
    ...notes.map((text) => ({ text })),
  ];
  const parts: readonly (readonly Section[])[] = [
    [
      { label: 'rule', lines: [{ text: show(`${rule}, ${kind}`) }] },
      { label: 'known by', lines: known },
    ],
    ...variants.map((variant, index) => describeVariant(variant, variants.slice(0, index))),
    [{ label: 'wrong if', lines: describeLimits(explanation) }],
    [{ label: 'sources', lines: describeSources(variants[0]?.advice, explanation.sources) }],
  ];
  return `${headText(severity, `${code} ${title}`, options)}${partsText(parts, options)}`;
}

/** What it is about, on as many lines as it takes. */
export function headText(severity: Severity, text: string, { color, columns }: ExplainOptions): string {
  const paint = paintWith(color);
  return wrap(show(text), widthOf(columns))
    .map((line) => `${paint.severity(severity, line)}\n`)
    .join('');
}

/** Groups of sections with a blank line between them. */
export function partsText(
  parts: readonly (readonly Section[])[],
  { color, columns }: ExplainOptions,
): string {
  const page: Page = {
    width: widthOf(columns),
    margin: 2,
    labelWidth: widthOf(columns) < LEAST_WIDTH ? 0 : LABEL_WIDTH,
    mark: ':',
    paint: paintWith(color),
    fit: (text) => text,
  };
  return parts
    .map((sections) => layOut(sections, page).map(({ text }) => `  ${text}\n`))
    .filter((rows) => rows.length > 0)
    .map((rows) => rows.join(''))
    .join('\n');
}

/** Why, fix and verification; what `told` says already is referred to. */
export function describeAdvice(advice: Advice, told: Told | null): readonly Section[] {
  return [
    { label: 'cause', lines: [{ text: showText(advice.why) }] },
    { label: 'fix', lines: [{ text: showText(advice.summary) }, ...describeSteps(advice, told)] },
    { label: 'verify', lines: describeChecks(advice.verify) },
  ];
}

/** The links by the numbers that steps name them by, then what was read of them. */
export function describeSources(advice: Advice | undefined, citations: readonly Citation[]): readonly Line[] {
  const links = (advice?.links ?? []).map(({ title, url }, index) => ({
    lead: `${index + 1}. `,
    text: [showText(title), whole(show(url))],
  }));
  const read = citations.flatMap(({ name, checked }) => (checked === null ? [] : `${name} (${checked})`));
  return read.length === 0 ? links : [...links, { text: `read: ${showText(read.join('; '))}` }];
}

function describeVariant(
  explained: ExplainedVariant,
  earlier: readonly ExplainedVariant[],
): readonly Section[] {
  const { variant, confidence, recognised, example, quotesExample, advice } = explained;
  const when = recognised.length > 0 ? recognised.flatMap((clause) => describeClause(clause)) : [OTHERWISE];
  const [first] = earlier;
  const told =
    first === undefined
      ? null
      : { advice: first.advice, where: `of the variant ${show(first.variant ?? '')} above` };
  const lines = example === null ? [] : showCommand(example).map((text) => ({ text }));
  const note = quotesExample
    ? [{ text: 'Names, ids and times in the text below are those of this example.' }]
    : [];
  return [
    variant === null
      ? { label: 'sure', lines: [{ text: confidence }] }
      : { label: 'variant', lines: [{ text: `${show(variant)}, ${confidence}` }, ...when] },
    { label: 'example', lines: [...lines, ...note] },
    ...describeAdvice(advice, told),
  ];
}

const OTHERWISE: Line = { lead: '- ', text: 'in all other cases' };

function describeClause({ text, parts }: Clause, indent = ''): readonly Line[] {
  return [
    { lead: `${indent}- `, text: showText(text) },
    ...parts.flatMap((part) => describeClause(part, `${indent}  `)),
  ];
}

function describeLimits({ limits, lookalikes }: Explanation): readonly Line[] {
  const bullet = (text: string): Line => ({ lead: '- ', text: showText(text) });
  return [
    ...limits.map(bullet),
    ...(lookalikes.length === 0 ? [] : [{ text: 'not this fault, though it may look like it:' }]),
    ...lookalikes.map(({ name, because }) => bullet(`${name}: ${because}`)),
  ];
}
