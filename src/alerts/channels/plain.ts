// A notice as plain text of many lines: what is wrong first, then what to do.
import type { Fix, FixLine, NoticeText } from './channel.ts';

export function plainText(text: NoticeText): string {
  const { headline, facts, faults, fixes, remarks } = text;
  const width = Math.max(0, ...facts.map(([label]) => label.length)) + 2;
  const blocks = [
    [headline],
    facts.map(([label, value]) => `${`${label}:`.padEnd(width)}${value}`),
    faults.map((fault) => `- ${fault}`),
    ...fixes.map(fixLines),
    [...remarks],
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function fixLines({ title, summary, why, steps, verify, links, more }: Fix): readonly string[] {
  return [
    `Fix ${title}: ${summary}`,
    ...(why === '' ? [] : [`Why: ${why}`]),
    ...steps.map(plainLine),
    ...(verify.length === 0 ? [] : ['Verify:', ...verify.map(plainLine)]),
    ...links.map(({ title: name, url }, index) => `[${index + 1}] ${name}: ${url}`),
    `More: ${more}`,
  ];
}

/** What is to be copied stands on a line of its own, set in. */
export function plainLine(line: FixLine): string {
  return 'command' in line ? `      ${line.command}` : `  ${line.text}`;
}
