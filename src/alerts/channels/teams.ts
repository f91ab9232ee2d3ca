// Microsoft Teams by a Workflows address: one adaptive card. Text runs are never read as Markdown, so that nothing from the
// log can become a link.
import type { Channel, Fix, FixLine, Message } from './channel.ts';
import { Http } from './http.ts';
import type { TeamsSettings } from './settings.ts';

/** Teams takes 28 KB of all. */
const MOST_BYTES = 24_000;
const MOST_RUN = 2000;
const MOST_ACTIONS = 3;
const CONTENT = 'application/vnd.microsoft.card.adaptive';

type Element = Readonly<Record<string, unknown>>;
type Run = Readonly<Record<string, unknown>> & { readonly text: string };

export function openTeams({ url }: TeamsSettings): Channel {
  const http = new Http();
  return {
    send: (message, signal) => http.post(url, { body: JSON.stringify(teamsMessage(message)), signal }),
    close: () => http.close(),
  };
}

export function teamsMessage(message: Message): Element {
  return {
    type: 'message',
    attachments: [{ contentType: CONTENT, contentUrl: null, content: cardOf(message) }],
  };
}

function cardOf({ notice, text }: Message): Element {
  const { headline, facts, faults, fixes, remarks } = text;
  const color = notice.open === 0 ? 'Good' : notice.severity === 'critical' ? 'Attention' : 'Warning';
  const body = [
    line([{ text: headline, weight: 'Bolder', size: 'Medium', color }]),
    ...facts.map(([label, value]) => line([{ text: `${label}: `, isSubtle: true }, { text: value }])),
    ...faults.map((fault) => line([{ text: fault }])),
    ...fixes.flatMap(fixElements),
    ...remarks.map((remark) => line([{ text: remark, isSubtle: true }])),
  ];
  const links = fixes.flatMap((fix) => fix.links).slice(0, MOST_ACTIONS);
  return {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    body: fitting(body),
    actions: links.map(({ title, url }) => ({ type: 'Action.OpenUrl', title: title.slice(0, 80), url })),
    msteams: { width: 'Full' },
  };
}

function fixElements({ title, summary, why, steps, verify, more }: Fix): readonly Element[] {
  return [
    { ...line([{ text: `Fix ${title}: `, weight: 'Bolder' }, { text: summary }]), separator: true },
    ...(why === '' ? [] : [line([{ text: 'Why: ', weight: 'Bolder' }, { text: why }])]),
    ...steps.map(step),
    ...(verify.length === 0 ? [] : [line([{ text: 'Verify', weight: 'Bolder' }]), ...verify.map(step)]),
    line([{ text: 'More: ' }, { text: more, fontType: 'Monospace' }]),
  ];
}

function step(one: FixLine): Element {
  return 'command' in one ? line([{ text: one.command, fontType: 'Monospace' }]) : line([{ text: one.text }]);
}

function line(runs: readonly Run[]): Element {
  return {
    type: 'RichTextBlock',
    inlines: runs.map((run) => ({ type: 'TextRun', ...run, text: run.text.slice(0, MOST_RUN) })),
  };
}

/** Teams refuses a card that is too large: the end of it goes, and the card says so. */
function fitting(body: readonly Element[]): readonly Element[] {
  const kept: Element[] = [];
  let left = MOST_BYTES;
  for (const element of body) {
    left -= Buffer.byteLength(JSON.stringify(element)) + 1;
    if (left < 0)
      return [...kept, line([{ text: 'Shortened: oclog explain tells the rest.', isSubtle: true }])];
    kept.push(element);
  }
  return kept;
}
