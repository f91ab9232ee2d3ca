// One fault as a block of text: what, evidence, why, fix, verify, more. Commands stand alone on their lines, whole,
// ready to be copied.
import type { Advice, Finding } from '../findings/finding.ts';
import type { FaultGroup, FaultVariant } from '../findings/group.ts';
import type { Paint } from './paint.ts';

const LABEL_WIDTH = 12;

/** Where a step is done, as people say it. */
const PLACES: ReadonlyMap<string, string> = new Map([
  ['aws-console', 'AWS console'],
  ['vna-server', 'VNA server'],
  ['vna-ui', 'VNA Admin UI'],
  ['workstation', 'your workstation'],
  ['network', 'network'],
]);

export function describeFault(group: FaultGroup, paint: Paint): string {
  const [example] = group.examples;
  if (example === undefined) return '';
  const row = (label: string, text: string): string =>
    `  ${paint.label((label === '' ? '' : `${label}:`).padEnd(LABEL_WIDTH - 2))}${text}`;
  return [
    `${paint.severity(example.severity, example.severity.toUpperCase())} ${example.code} ${example.title}`,
    row('what', describeAnswer(example)),
    row('seen', describeOccurrences(group)),
    ...group.examples.map((finding) => row('evidence', describeEvidence(finding))),
    ...group.variants.flatMap((variant) => describeVariant(variant, row, group.variants.length > 1)),
    row('fault', `${example.fingerprint} on ${example.host}, rule ${example.rule}`),
    '',
  ].join('\n');
}

function describeAnswer({ aws, record }: Finding): string {
  if (aws === null) return `${record.plugin ?? record.category ?? 'the log'} reports ${record.level}`;
  const answer = [aws.status, aws.errorCode].filter((part) => part !== null).join(' ');
  const details = [
    aws.region === null ? null : `region ${aws.region}`,
    aws.accessKey === null ? null : `key ${aws.accessKey}`,
    aws.requestId === null ? null : `request ${aws.requestId}`,
  ].filter((part) => part !== null);
  const who = aws.service ?? (aws.status === null ? 'no AWS service' : 'AWS');
  const inferred = aws.inferred ? ' (code inferred from the sentence)' : '';
  const head = answer === '' ? `${who} answered` : `${who} answered ${answer}${inferred}`;
  return [head, ...details].join(', ') + (aws.message === null ? '' : `: ${aws.message}`);
}

function describeOccurrences({ count, first, last }: FaultGroup): string {
  const times = count === 1 ? 'once' : `${count.toLocaleString('en-GB')} times`;
  if (first === null || last === null) return `${times}, at a time the log does not tell`;
  return first === last ? `${times}, ${first}` : `${times}, first ${first}, last ${last}`;
}

function describeEvidence({ source, record }: Finding): string {
  const [head = ''] = record.text.split('\n', 1);
  return `${source.path}:${source.line}  ${head}`;
}

type Row = (label: string, text: string) => string;

function describeVariant(
  { variant, confidence, count, advice }: FaultVariant,
  row: Row,
  oneOfSeveral: boolean,
): string[] {
  const lines: string[] = [];
  if (variant !== null)
    lines.push(row('variant', `${variant}, ${confidence}${oneOfSeveral ? `, ${count} of these` : ''}`));
  else lines.push(row('sure', confidence));
  return advice === null ? lines : [...lines, ...describeAdvice(advice, row)];
}

function describeAdvice({ summary, why, steps, verify, links }: Advice, row: Row): string[] {
  const lines = [row('advice', summary), row('why', why)];
  for (const [index, step] of steps.entries()) {
    const place = step.where === null ? '' : `${PLACES.get(step.where) ?? step.where}: `;
    const source = step.source === null ? '' : ` [${step.source}]`;
    lines.push(row(index === 0 ? 'fix' : '', `${index + 1}. ${place}${step.do}${source}`.replace(/^: /, '')));
    lines.push(...describeCommand(step.run, step.expect));
  }
  for (const [index, check] of verify.entries()) {
    lines.push(row(index === 0 ? 'verify' : '', check.do), ...describeCommand(check.run, check.expect));
  }
  for (const [index, link] of links.entries())
    lines.push(row(index === 0 ? 'more' : '', `${link.title} ${link.url}`));
  return lines;
}

function describeCommand(run: string | null, expect: string | null): string[] {
  const lines: string[] = [];
  if (run !== null)
    lines.push(
      '',
      ...run
        .trimEnd()
        .split('\n')
        .map((line) => `      ${line}`),
      '',
    );
  if (expect !== null) lines.push(`${' '.repeat(LABEL_WIDTH)}expect: ${expect}`);
  return lines;
}
