// A check's answer for Nagios and its kin, and for the mail that cron sends: one line, perfdata, then what to do. Nothing
// that a log or a path holds can end the line, or begin perfdata.
import { type Incident, isOpen } from '../alerts/alert.ts';
import type { CheckAnswer } from '../alerts/answer.ts';
import { gravityOf } from '../findings/finding.ts';
import { clip } from './cells.ts';
import type { Line } from './section.ts';
import { show } from './show.ts';
import { describeChecks, describeSteps, showText } from './steps-text.ts';
import { countOf, showCount, showSpan, showTime } from './words.ts';

/** Nagios keeps so many bytes of all that a plugin prints, or 8 KiB; what comes last is lost. */
const MOST_BYTES = 7800;
const MAX_FIRST = 300;
const MAX_LINE = 600;
const MAX_TITLE = 120;
const FAULTS_NAMED = 3;
const FAULTS_LISTED = 20;

/** Without the limit of monitoring systems: a mail takes it all. */
export function mailText(answer: CheckAnswer): string {
  return nagiosText(answer, Number.POSITIVE_INFINITY);
}

export function nagiosText(answer: CheckAnswer, mostBytes = MOST_BYTES): string {
  const first = `OCLOG ${answer.status} - ${clip(safe(headlineOf(answer)), MAX_FIRST)} | ${perfdataOf(answer)}`;
  const lines = fill(detailsOf(answer), mostBytes - Buffer.byteLength(first), restOf(answer));
  return `${[first, ...lines].join('\n')}\n`;
}

/** What has room, in whole steps; then what to do about the rest. */
function fill(details: Iterable<string>, most: number, rest: string): readonly string[] {
  const lines: string[] = [];
  let left = most;
  for (const line of details) {
    lines.push(clip(safe(line), MAX_LINE));
    left -= sizeOf(lines.at(-1));
    if (left < 0) return [...cut(lines, left - sizeOf(rest)), rest];
  }
  return lines;
}

/** Half a step, or half a command, must not look like a whole one. */
function cut(lines: readonly string[], left: number): readonly string[] {
  let [kept, missing] = [lines.length, -left];
  while (kept > 0 && (missing > 0 || lines[kept]?.startsWith(' '.repeat(4)))) {
    kept -= 1;
    missing -= sizeOf(lines[kept]);
  }
  return lines.slice(0, kept);
}

function sizeOf(line = ''): number {
  return Buffer.byteLength(line) + 1;
}

function restOf({ open }: CheckAnswer): string {
  const codes = new Set(open.filter(({ advice }) => advice !== null).map(({ code }) => code));
  const explained = [...codes].slice(0, FAULTS_NAMED).map((code) => `oclog explain ${code}`);
  const all = explained.length === 0 || open.length > FAULTS_NAMED ? ['oclog alerts list'] : [];
  return `... cut here to what Nagios keeps; the rest: ${[...explained, ...all].join(', ')}`;
}

/** On one line, and without what would begin perfdata. */
function safe(text: string): string {
  return show(text).replaceAll('|', '¦').trimEnd();
}

function perfdataOf({ findings, bytes, lines }: CheckAnswer): string {
  const { critical, warning, info } = findings;
  return [
    `findings=${critical + warning + info};;;0`,
    `critical=${critical};;;0`,
    `warning=${warning};;;0`,
    `info=${info};;;0`,
    `bytes=${bytes}B;;;0`,
    `lines=${lines};;;0`,
  ].join(' ');
}

function headlineOf({ status, troubles, warnings, open, findings, lines }: CheckAnswer): string {
  const [trouble] = troubles;
  const grave = open.filter(({ severity }) => severity !== 'info');
  if (trouble !== undefined) {
    const others = troubles.length > 1 ? `, and ${countOf(troubles.length - 1, 'other trouble')}` : '';
    const faults = grave.length === 0 ? '' : `; open: ${namesOf(grave)}`;
    return `${trouble.message}${others}${faults}`;
  }
  if (grave.length > 0) return faultsOf(grave);
  if (status === 'WARNING') return warnings[0] ?? '';
  const news = findings.info > 0 ? `, ${countOf(findings.info, 'finding')} for information` : '';
  return `no AWS fault is open (${countOf(lines, 'new line')}${news})`;
}

function faultsOf(faults: readonly Incident[]): string {
  const [worst, ...others] = faults;
  if (worst === undefined) return '';
  const rest = others.length === 0 ? '' : `; also ${namesOf(others)}`;
  return `${worst.code} ${clip(show(worst.title), MAX_TITLE)} (${seen(worst)})${rest}`;
}

/** `37 new, us-east-1, last 2024-03-01 10:42:07` */
function seen({ fresh, region, lastTime, state }: Incident): string {
  return [
    fresh > 0 ? `${showCount(fresh)} new` : 'none new',
    ...(state === 'flapping' || state === 'stale' ? [state] : []),
    ...(region === null ? [] : [region]),
    ...(lastTime === null ? [] : [`last ${showTime(lastTime)}`]),
  ].join(', ');
}

function namesOf(faults: readonly Incident[]): string {
  const named = faults
    .slice(0, FAULTS_NAMED)
    .map(({ code, region }) => (region === null ? code : `${code} ${region}`));
  const more = faults.length - named.length;
  return named.join(', ') + (more > 0 ? ` and ${showCount(more)} more` : '');
}

function* detailsOf(answer: CheckAnswer): Generator<string> {
  const { troubles, warnings, notes, open, changes, acknowledged, silenced } = answer;
  if (troubles.length > 1) for (const { message } of troubles) yield `trouble: ${message}`;
  for (const warning of warnings) yield `warning: ${warning}`;
  for (const note of notes) yield `note: ${note}`;
  if (acknowledged > 0) yield `note: ${countOf(acknowledged, 'open fault')} acknowledged`;
  if (silenced > 0) yield `note: ${countOf(silenced, 'open fault')} silenced`;
  for (const { incident } of changes)
    if (!isOpen(incident.state)) yield `over: ${incident.code} ${incident.title}: ${whyOver(incident)}`;
  const listed = open
    .toSorted((a, b) => gravityOf(b.severity) - gravityOf(a.severity))
    .slice(0, FAULTS_LISTED);
  for (const incident of listed) yield* describe(incident);
  if (open.length > listed.length)
    yield `and ${countOf(open.length - listed.length, 'other open fault')}: oclog alerts list`;
  const told = new Set<string>();
  for (const incident of listed) yield* advise(incident, answer, told);
}

function whyOver({ state, resolvedBy, changedAt, lastSeen }: Incident): string {
  return state === 'resolved'
    ? `resolved: ${resolvedBy ?? ''}`
    : `not seen for ${showSpan(changedAt - lastSeen) || 'a moment'}; not proven fixed`;
}

function* describe(incident: Incident): Generator<string> {
  const { severity, code, title, count, example, errorCode, host, accessKey } = incident;
  yield `${severity.toUpperCase()} ${code} ${title} (${seen(incident)}, ${showCount(count)} in all)`;
  const what = [errorCode, accessKey === null ? null : `key ${accessKey}`, `host ${host}`].filter(Boolean);
  const line = example.line > 0 ? `:${example.line}` : '';
  const message = example.message === null ? '' : `: ${example.message}`;
  yield `  ${what.join(', ')}, ${example.path}${line}${message}`;
}

/** Of each fault once; the gravest first, as far as there is room. */
function* advise(
  { advice: key, code }: Incident,
  { advice }: CheckAnswer,
  told: Set<string>,
): Generator<string> {
  const known = key === null ? undefined : advice[key];
  if (known === undefined || key === null || told.has(key)) return;
  told.add(key);
  yield `${code}, what to do (oclog explain ${code} tells more):`;
  if (known.summary !== '') yield `  ${showText(known.summary)}`;
  for (const one of describeSteps(known, null)) yield `  ${wordsOf(one, code)}`;
  for (const one of describeChecks(known.verify)) yield `  verify: ${wordsOf(one, code)}`;
}

function wordsOf(line: Line, code: string): string {
  // What cannot be copied as it stands must not be shown as if it could.
  if ('command' in line)
    return line.command.includes('|') ? `   (command: oclog explain ${code})` : `   ${line.command}`;
  if ('exact' in line) return line.exact;
  const parts = typeof line.text === 'string' ? [line.text] : line.text;
  const text = parts.map((part) =>
    typeof part === 'string' ? part : 'whole' in part ? part.whole : part.together,
  );
  return `${line.lead ?? ''}${text.join(' ')}`;
}
