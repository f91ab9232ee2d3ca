// What AWS answered, and the records that show it: the decisive words of each, not the whole text.

import type { Fault, Gist } from '../findings/fault.ts';
import type { Finding } from '../findings/finding.ts';
import { clip } from './cells.ts';
import type { Line } from './section.ts';
import { show } from './show.ts';
import { showTime } from './words.ts';
import { type Part, together, whole } from './wrap.ts';

const MAX_WORDS = 320;
const MAX_EXAMPLES = 3;

export function describeAnswer({ example, regions }: Fault): string {
  const { aws, record } = example;
  if (aws === null)
    return `${show(record.plugin ?? record.category ?? 'the log')} reports ${show(record.level)}`;
  const code = answerOf(example);
  const who = aws.service === null ? null : show(aws.service);
  const head =
    code === ''
      ? who === null
        ? 'the AWS SDK got no answer'
        : `${who} answered without a code`
      : `${who ?? 'AWS'} answered ${code}${aws.inferred ? " (code inferred from AWS's sentence)" : ''}`;
  const region = regions.length === 1 && aws.region !== null ? `, region ${show(aws.region)}` : '';
  return clip(head + region, MAX_WORDS);
}

/** How many of a fault's records `describeEvidence` shows. */
export function shownOf({ examples }: Fault): number {
  return Math.min(MAX_EXAMPLES, examples.length);
}

export function describeEvidence({ example, examples }: Fault): readonly Line[] {
  const said = new Set<string>();
  return examples.slice(0, MAX_EXAMPLES).flatMap(({ read }): Line[] => {
    const finding = read();
    const words = clip(decisiveWordsOf(finding), MAX_WORDS);
    const isNew = said.size < said.add(words).size;
    const place = whole(`${show(finding.source.path)}:${finding.source.line} `);
    const lines: Line[] = [{ text: [place, ...detailsOf(finding, example, !isNew)], hang: 2 }];
    if (isNew && words !== '') lines.push({ text: `"${words}"`, lead: '  ' });
    return lines;
  });
}

function detailsOf(finding: Finding, example: Gist, saidBefore: boolean): readonly Part[] {
  const { aws, time, timeInferred, truncated } = finding;
  const code = answerOf(finding);
  const details = [
    time === null ? 'no time' : showTime(show(time)) + (timeInferred ? ' (date inferred)' : ''),
    code === answerOf(example) ? null : code,
    aws?.region == null ? null : show(aws.region),
    aws?.accessKey == null ? null : `key ${show(aws.accessKey)}`,
    truncated ? 'truncated: only its beginning was examined' : null,
    saidBefore ? 'same words' : null,
    aws?.requestId == null ? null : `request ${clip(show(aws.requestId), 80)}`,
  ].filter((part) => part !== null);
  return details.map((part, index) => together(index < details.length - 1 ? `${part},` : part));
}

function answerOf({ aws }: Pick<Finding, 'aws'>): string {
  return [aws?.status, aws?.errorCode]
    .filter((part) => part != null)
    .map((part) => clip(show(String(part)), 80))
    .join(' ');
}

/** AWS's sentence; without one, the record's first line behind its header. */
function decisiveWordsOf({ aws, record }: Finding): string {
  if (aws?.message != null && aws.message !== '') return show(aws.message);
  const [head = ''] = record.text.split('\n', 1);
  const marks = [`(${record.thread}) `, `[${record.category}] `, `${record.level} `];
  for (const mark of marks) {
    const at = head.indexOf(mark);
    if (at >= 0) return show(head.slice(at + mark.length)).trim();
  }
  return show(head).trim();
}
