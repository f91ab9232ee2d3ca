// The card as Microsoft's own library reads it.
import { expect, test } from '@jest/globals';
import { teamsMessage } from '../../src/alerts/channels/teams.ts';
import { firing, firingAndQuiet, HOSTILE, hostileSighting, messageOf } from '../helpers/notices.ts';

interface Library {
  readonly AdaptiveCard: new () => {
    parse(card: unknown, context: unknown): void;
    validateProperties(): { readonly validationEvents: readonly unknown[] };
  };
  readonly SerializationContext: new (
    version: unknown,
  ) => { readonly eventCount: number; getEventAt(index: number): { readonly message: string } };
  readonly Versions: { readonly v1_4: unknown };
}

// Its entry for ES modules does not load in Node.
// @ts-expect-error The declarations of this one are no module.
const library = (await import('adaptivecards/dist/adaptivecards.js')).default as Library;

/** What the library of version 1.4 objects to. */
function faultsOf(content: unknown): readonly string[] {
  const context = new library.SerializationContext(library.Versions.v1_4);
  const card = new library.AdaptiveCard();
  card.parse(content, context);
  const faults = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message);
  return [...faults, ...card.validateProperties().validationEvents.map((event) => JSON.stringify(event))];
}

function contentOf(message: ReturnType<typeof teamsMessage>): Record<string, unknown> {
  const [attachment] = message['attachments'] as { contentType: string; content: Record<string, unknown> }[];
  expect(attachment?.contentType).toBe('application/vnd.microsoft.card.adaptive');
  return attachment?.content ?? {};
}

const [began, over] = firingAndQuiet();
const many = firing(
  ...Array.from({ length: 20 }, (_, n) =>
    hostileSighting({ region: `eu-west-${n}`, message: HOSTILE.repeat(3) }),
  ),
);

test.each([
  ['of a new fault', began],
  ['of one that is over', over],
  ['of many faults', many],
])('the card %s is one of version 1.4', (_, notice) => {
  const message = teamsMessage(messageOf(notice));
  expect(faultsOf(contentOf(message))).toEqual([]);
  expect(Buffer.byteLength(JSON.stringify(message))).toBeLessThan(28_000);
});

test('the library would object', () => {
  expect(
    faultsOf({ ...contentOf(teamsMessage(messageOf(began))), body: [{ type: 'Blink', text: 'x' }] }),
  ).not.toEqual([]);
});

test('the card of more than fits says so', () => {
  const message = messageOf(began);
  const [fix] = message.text.fixes;
  if (fix === undefined) throw new Error('no fix');
  const long = { ...fix, steps: Array.from({ length: 40 }, () => ({ text: 'ü'.repeat(900) })) };
  const shortened = teamsMessage({ ...message, text: { ...message.text, fixes: [long] } });
  expect(faultsOf(contentOf(shortened))).toEqual([]);
  expect(Buffer.byteLength(JSON.stringify(shortened))).toBeLessThan(28_000);
  expect(JSON.stringify(shortened)).toContain('Shortened');
});

test('nothing of the log stands where Markdown is read', () => {
  const { body } = contentOf(teamsMessage(messageOf(many))) as {
    body: { type: string; inlines: { type: string }[] }[];
  };
  expect(new Set(body.map(({ type }) => type))).toEqual(new Set(['RichTextBlock']));
  expect(body.flatMap(({ inlines }) => inlines).every(({ type }) => type === 'TextRun')).toBe(true);
});
