// Slack's incoming webhooks: a line for notifications, and blocks. What comes from the log is plain text, which Slack does
// not read as markup.
import type { Channel, Fix, Message } from './channel.ts';
import { Http } from './http.ts';
import { plainLine } from './plain.ts';
import type { SlackSettings } from './settings.ts';

/** Slack's own limits, a little below. */
const MOST_BLOCKS = 45;
const MOST_HEADER = 150;
const MOST_SECTION = 2900;
const MOST_TEXT = 3000;
/** More than anyone reads in a chat: `oclog explain` tells the rest. */
const MOST_IN_ALL = 12_000;

type Block = Readonly<Record<string, unknown>>;

export function openSlack({ url }: SlackSettings): Channel {
  const http = new Http();
  return {
    send: (message, signal) => http.post(url, { body: JSON.stringify(slackMessage(message)), signal }),
    close: () => http.close(),
  };
}

export function slackMessage({ text }: Message): {
  readonly text: string;
  readonly blocks: readonly Block[];
} {
  const { headline, facts, faults, fixes, remarks } = text;
  const blocks = [
    { type: 'header', text: plain(headline, MOST_HEADER) },
    ...section(facts.map(([label, value]) => `${label}: ${value}`)),
    ...section(faults),
    ...fixes.flatMap(fixBlocks),
    ...(remarks.length === 0
      ? []
      : [{ type: 'context', elements: [plain(remarks.join(' '), MOST_SECTION)] }]),
  ];
  return { text: escaped(headline).slice(0, MOST_TEXT), blocks: fitting(blocks) };
}

function fixBlocks(fix: Fix): readonly Block[] {
  const { title, summary, why, steps, verify, more } = fix;
  const lines = (all: Fix['steps']): readonly string[] => all.map((line) => plainLine(line).slice(2));
  return [
    { type: 'divider' },
    ...section([`Fix ${title}: ${summary}`, ...(why === '' ? [] : [`Why: ${why}`])]),
    ...section(lines(steps)),
    ...(verify.length === 0 ? [] : section(['Verify:', ...lines(verify)])),
    ...section([`More: ${more}`]),
  ];
}

/** As many sections as their lines need. */
function section(lines: readonly string[]): readonly Block[] {
  const texts: string[] = [];
  for (const line of lines) {
    const joined = `${texts.at(-1) ?? ''}\n${line}`;
    if (texts.length > 0 && joined.length <= MOST_SECTION) texts[texts.length - 1] = joined;
    else texts.push(line);
  }
  return texts.map((text) => ({ type: 'section', text: plain(text, MOST_SECTION) }));
}

function fitting(blocks: readonly Block[]): readonly Block[] {
  let left = MOST_IN_ALL;
  const kept = blocks.filter((block, index) => {
    left -= JSON.stringify(block).length;
    return left >= 0 && index < MOST_BLOCKS;
  });
  const rest = plain('Shortened: oclog explain tells the rest.', MOST_SECTION);
  return kept.length === blocks.length ? blocks : [...kept, { type: 'context', elements: [rest] }];
}

function plain(text: string, most: number): Block {
  return { type: 'plain_text', text: cut(text, most), emoji: false };
}

/** Slack refuses the whole message for one text that is too long. */
function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** The notification's line is markup: so nothing in it can be a mention or a link. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
