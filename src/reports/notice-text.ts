// A notice in words, for whatever medium carries it: nothing is escaped here, but every line is clean and bounded.
import { adviceKey, type Incident, isOpen, type Notice } from '../alerts/alert.ts';
import type { Fix, FixLine, NoticeText } from '../alerts/channels/channel.ts';
import { DEAD_LETTER, explainCommand } from '../alerts/own-faults.ts';
import type { Advice } from '../findings/finding.ts';
import { clip } from './cells.ts';
import type { Line } from './section.ts';
import { show } from './show.ts';
import { describeChecks, describeSteps, showText } from './steps-text.ts';
import { countOf, showCount, showTime, showTimes } from './words.ts';

const MAX_HEADLINE = 200;
const MAX_TITLE = 120;
const MAX_VALUE = 400;
const MAX_FIXES = 5;
const MAX_LINES = 40;

export function noticeText(notice: Notice): NoticeText {
  const { incidents } = notice;
  return {
    headline: clip(headlineOf(notice), MAX_HEADLINE),
    facts: factsOf(notice),
    faults: incidents.length > 1 ? incidents.map((one) => clip(faultOf(one), MAX_VALUE)) : [],
    fixes: [...fixesOf(notice)].slice(0, MAX_FIXES),
    remarks: [...remarksOf(notice)],
  };
}

function headlineOf(notice: Notice): string {
  const { reason, incidents, host, severity, omitted } = notice;
  const [first, ...others] = incidents;
  const where = show(host);
  if (reason === 'test' || first === undefined) return `TEST from oclog on ${where}: this channel works`;
  if (reason === 'digest') {
    const faults = countOf(incidents.length + omitted, 'fault');
    return `${severity.toUpperCase()} digest: ${faults} on ${where}, first ${titleOf(first)}`;
  }
  const more = others.length + omitted;
  const rest = more === 0 ? '' : ` and ${countOf(more, 'other fault')}`;
  return `${moodOf(notice, first)} ${titleOf(first)} on ${where}${placeOf(first)}${rest}`;
}

/** `CRITICAL`, `STILL CRITICAL`, `RESOLVED`, `QUIET`, … */
function moodOf({ reason }: Notice, { state, severity }: Incident): string {
  if (!isOpen(state)) return state.toUpperCase();
  const grade = severity.toUpperCase();
  if (state === 'flapping' || state === 'stale') return `${grade} (${state})`;
  return reason === 'repeat' ? `STILL ${grade}` : grade;
}

function titleOf({ code, title }: Incident): string {
  return `${show(code)} ${clip(show(title), MAX_TITLE)}`;
}

function placeOf({ region, count, rule, state }: Incident): string {
  const seen = count > 0 && isOpen(state) && rule !== DEAD_LETTER.id ? `seen ${showTimes(count)}` : null;
  const parts = [region === null ? null : show(region), seen].filter((part) => part !== null);
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

/** One fault of several, in one line. */
function faultOf(incident: Incident): string {
  const { lastTime, errorCode, service, state } = incident;
  const what = [service, errorCode].filter((part) => part !== null).map(show);
  const last = lastTime === null ? '' : `, last ${showTime(show(lastTime))}`;
  const detail = what.length === 0 ? '' : `: ${what.join(' ')}`;
  return `${state} ${titleOf(incident)}${placeOf(incident)}${detail}${last}`;
}

function factsOf(notice: Notice): NoticeText['facts'] {
  const { host, plugin, account, incidents } = notice;
  const [only] = incidents.length === 1 ? incidents : [];
  const facts: (readonly [string, string | null])[] = [
    ['host', host],
    ['plugin', plugin],
    ['account', account],
    ...(only === undefined ? [] : factsOfOne(only)),
  ];
  return facts.flatMap(([label, value]) =>
    value === null || value === '' ? [] : [[label, clip(show(value), MAX_VALUE)] as const],
  );
}

function factsOfOne(incident: Incident): readonly (readonly [string, string | null])[] {
  const { region, service, errorCode, accessKey, example, lastTime, count, resolvedBy, variant } = incident;
  const since = incident.firstTime ?? new Date(incident.since).toISOString();
  const what = [service, errorCode].filter((part) => part !== null).join(' answered ');
  const line = example.line > 0 ? `:${example.line}` : '';
  return [
    ['what', [what, accessKey === null ? null : `key ${accessKey}`].filter(Boolean).join(', ')],
    ['cause', variant],
    ['region', region],
    ['where', `${example.path}${line}`],
    ['message', example.message],
    ['since', showTime(since)],
    ['last', lastTime === null ? null : showTime(lastTime)],
    ['count', showCount(count)],
    ['proof', resolvedBy],
  ];
}

function* remarksOf(notice: Notice): Generator<string> {
  const { incidents, omitted, heldBack, muted, open } = notice;
  const over = incidents.filter(({ state }) => !isOpen(state));
  if (over.some(({ state }) => state === 'quiet'))
    yield 'Quiet means not seen any more while the log grew; that is no proof that it is mended.';
  if (incidents.some(({ state }) => state === 'stale'))
    yield 'Stale means that the log stopped growing: nobody can say whether the fault is over.';
  if (over.length > 0 && open > 0) yield `${countOf(open, 'fault')} of this group still open.`;
  if (omitted > 0) yield `${countOf(omitted, 'other fault')} not listed: oclog alerts list shows all.`;
  if (heldBack > 0) yield `${countOf(heldBack, 'earlier notice')} held back.`;
  if (muted > 0) yield `${countOf(muted, 'other fault')} of this host muted, for these explain them.`;
  for (const { acknowledged, code } of incidents)
    if (acknowledged !== null)
      yield `${show(code)} is acknowledged by ${clip(show(acknowledged.by), 60)}: ${clip(show(acknowledged.reason), MAX_TITLE)}`;
}

/** Of what is open, the gravest first. */
function* fixesOf({ incidents, advice }: Notice): Generator<Fix> {
  for (const key of new Set(incidents.filter(({ state }) => isOpen(state)).map(adviceKey))) {
    const known = advice[key];
    if (known !== undefined) yield fixOf(key, known);
  }
}

function fixOf(key: string, advice: Advice): Fix {
  const code = show(key.split('/')[0] ?? key);
  return {
    title: show(key),
    summary: showText(advice.summary),
    why: showText(advice.why),
    steps: describeSteps(advice, null).slice(0, MAX_LINES).map(lineOf),
    verify: describeChecks(advice.verify).slice(0, MAX_LINES).map(lineOf),
    links: advice.links.map(({ title, url }) => ({ title: show(title), url: show(url) })),
    more: explainCommand(code),
  };
}

function lineOf(line: Line): FixLine {
  if ('command' in line) return { command: line.command };
  if ('exact' in line) return { text: line.exact };
  const parts = typeof line.text === 'string' ? [line.text] : line.text;
  const text = parts.map((part) =>
    typeof part === 'string' ? part : 'whole' in part ? part.whole : part.together,
  );
  return { text: `${line.lead ?? ''}${text.join(' ')}`.trimEnd() };
}
