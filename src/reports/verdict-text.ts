// What a pasted text is about, for people: the fault, how sure that is, and its advice; or that none was recognised, and
// what to paste.
import type { ReadAs, Verdict } from '../findings/explanation.ts';
import { clip } from './cells.ts';
import { describeAdvice, describeSources, type ExplainOptions, headText, partsText } from './explain-text.ts';
import { outcomeText } from './outcome-text.ts';
import type { Line, Section } from './section.ts';
import { show } from './show.ts';
import { showCount } from './words.ts';

const MAX_EVIDENCE = 600;
const MAX_EVIDENCE_LINES = 12;

const READ_AS: Readonly<Record<ReadAs, string>> = {
  record: 'a record of the log',
  'aws-cli': 'a message of the AWS CLI, taken for what the AWS plugin would meet',
  exception: "the message of an AWS plugin's record, without its header",
  sentence: "one of AWS's sentences; nothing but its words tells so",
  'error-code': "one of AWS's error codes, without its sentence",
  unknown: 'nothing that oclog knows',
};

const WHAT_TO_PASTE: readonly Line[] = [
  { lead: '- ', text: 'a record of oc.log from its header line to its last line, at WARN or above' },
  { lead: '- ', text: 'an exception of the AWS SDK, with the part in parentheses behind its sentence' },
  { lead: '- ', text: 'the line of the AWS CLI that begins with "An error occurred"' },
  { lead: '- ', text: "AWS's sentence, or its error code" },
];

export function verdictText(verdict: Verdict, options: ExplainOptions): string {
  if (verdict.outcome !== null) return outcomeText(verdict.outcome, options);
  return verdict.fault === null
    ? unrecognised(verdict, options)
    : recognised(verdict, verdict.fault, options);
}

function recognised(verdict: Verdict, fault: NonNullable<Verdict['fault']>, options: ExplainOptions): string {
  const { code, title, severity, variant, confidence, record, advice } = fault;
  const sure = variant === null ? confidence : `${confidence}: ${show(variant)}`;
  const parts: readonly (readonly Section[])[] = [
    [
      { label: 'sure', lines: [{ text: sure }] },
      { label: 'read as', lines: [{ text: READ_AS[verdict.readAs] }, ...cutNote(verdict)] },
      { label: 'also', lines: furtherLines(verdict) },
      { label: 'what', lines: [{ text: answerOf(fault) }] },
      {
        label: 'evidence',
        lines: verdict.readAs === 'record' ? beginningOf(record.text) : [],
      },
    ],
    advice === undefined ? [] : describeAdvice(advice, null),
    [
      { label: 'sources', lines: describeSources(advice, []) },
      { label: 'more', lines: [{ command: `oclog explain ${show(code)}` }] },
    ],
  ];
  return `${headText(severity, `${severity.toUpperCase()} ${code} ${title}`, options)}${partsText(parts, options)}`;
}

/** The lines of a record as they stand in the log, as far as there is room. */
function beginningOf(record: string): readonly Line[] {
  const all = record.split('\n').filter((line) => line.trim() !== '');
  const lines: Line[] = [];
  let room = MAX_EVIDENCE;
  for (const line of all) {
    if (room <= 0 || lines.length === MAX_EVIDENCE_LINES) return [...lines, { text: '...' }];
    const text = clip(show(line).trim(), room);
    lines.push({ text });
    room -= text.length;
  }
  return lines;
}

/** Only the first fault is explained. */
function furtherLines({ further }: Verdict): readonly Line[] {
  if (further.length === 0) return [];
  const codes = further.map(({ code, count }) => `${show(code)} x${showCount(count)}`).join(', ');
  return [
    { text: `the records after it hold ${codes}: this explains the first fault, oclog scan lists all` },
  ];
}

function answerOf({ aws, record }: NonNullable<Verdict['fault']>): string {
  if (aws === null) return `${show(record.plugin ?? 'the log')} reports ${show(record.level)}`;
  const code = [aws.status, aws.errorCode].filter((part) => part !== null).join(' ');
  const inferred = aws.inferred ? " (code inferred from AWS's sentence)" : '';
  const head = [aws.service, `${code || 'no code'}${inferred}`].filter((part) => part !== null).join(': ');
  const details = [
    aws.region === null ? null : `region ${aws.region}`,
    aws.accessKey === null ? null : `key ${aws.accessKey}`,
  ].filter((part) => part !== null);
  const words = aws.message === null ? '' : ` "${clip(aws.message, MAX_EVIDENCE)}"`;
  return show([head, ...details].join(', ') + words);
}

function unrecognised(verdict: Verdict, options: ExplainOptions): string {
  const { records, elsewhere } = verdict;
  const parts: readonly (readonly Section[])[] = [
    [
      { label: 'read as', lines: [{ text: lookedAt(records) }, ...cutNote(verdict)] },
      { label: 'but', lines: elsewhere === null ? [] : elsewhereLines(elsewhere) },
      { label: 'paste', lines: WHAT_TO_PASTE },
      { label: 'more', lines: [{ command: 'oclog explain' }] },
    ],
  ];
  return `No fault recognised.\n${partsText(parts, options)}`;
}

function lookedAt(records: number): string {
  if (records === 0) return 'a text without a record of the log, and without words of AWS';
  return records === 1 ? '1 record of the log' : `${records} records of the log`;
}

function elsewhereLines(code: string): readonly Line[] {
  const what = show(code);
  return [
    {
      text: `the same words are ${what} where the AWS plugin logs them at WARN or above; below that, or from another component, they are no fault of the AWS plugin`,
    },
    { command: `oclog explain ${what}` },
  ];
}

function cutNote({ cut }: Verdict): readonly Line[] {
  return cut ? [{ text: 'only the first MiB was looked at' }] : [];
}
