// `oclog alerts test` and `oclog alerts dead`: whether channels work, and what they could not deliver.

import { plainText } from '../../alerts/channels/plain.ts';
import type { ChannelSettings } from '../../alerts/channels/settings.ts';
import type { Entry } from '../../alerts/outbox/entry.ts';
import type { Outbox } from '../../alerts/outbox/outbox.ts';
import type { Given } from '../../config/flag.ts';
import { UsageError } from '../../lib/errors.ts';
import { nearest } from '../../lib/nearest.ts';
import { deadLettersText } from '../../reports/dead-letters-text.ts';
import { stateDirectory } from '../../state/place.ts';
import type { Console } from '../console.ts';
import { listOf, textOf } from '../given.ts';
import { withAlertConfig } from '../given-config.ts';
import { openOutbox } from '../outbox.ts';
import { print } from '../print.ts';

const ACTIONS = ['list', 'show', 'retry', 'drop'] as const;
const LEAST_ID = 6;

/** Yields the exit status: 1 if a channel does not work. */
export async function runAlertsTest(typed: Given, io: Console): Promise<number> {
  const { given, channels, files } = await withAlertConfig(typed, io.env);
  if (channels.length === 0)
    throw new UsageError(`no channels are configured; looked into ${files.join(', ')}`, {
      hint: 'name the file with --config, see docs/alerting.md',
    });
  const chosen = choose(channels, listOf(typed, 'channel'));
  const outbox = openOutbox('', channels, textOf(given, 'host'));
  const results = await Promise.all(
    chosen.map(async (one) => ({ name: one.name, ...(await outbox.test(one)) })),
  );
  const lines = results.map(({ name, kind, detail }) =>
    kind === 'sent'
      ? `${name}: delivered${detail === undefined ? '' : `, but ${detail}`}`
      : `${name}: ${detail}`,
  );
  const status = await print(`${lines.join('\n')}\n`, io);
  return results.every(({ kind }) => kind === 'sent') ? status : 1;
}

function choose(channels: readonly ChannelSettings[], names: readonly string[]): readonly ChannelSettings[] {
  if (names.length === 0) return channels;
  return names.map((name) => {
    const found = channels.find((channel) => channel.name === name);
    if (found !== undefined) return found;
    const known = channels.map((channel) => channel.name);
    const meant = nearest(name, known);
    throw new UsageError(`there is no channel \`${name}\``, {
      hint: meant === undefined ? `there are: ${known.join(', ')}` : `did you mean \`${meant}\`?`,
    });
  });
}

/** Yields the exit status. */
export async function runAlertsDead(words: readonly string[], given: Given, io: Console): Promise<number> {
  const [word = 'list', ...ids] = words;
  const action = ACTIONS.find((one) => one === word);
  if (action === undefined)
    throw new UsageError(`oclog alerts dead: \`${word.slice(0, 60)}\` is none of ${ACTIONS.join(', ')}`);
  const outbox = openOutbox(stateDirectory(textOf(given, 'state-dir'), io.env), []);
  const letters = await outbox.dead.list();
  if (action === 'list') return await print(deadLettersText(letters), io);
  const chosen = chooseLetters(letters, ids, action);
  if (action === 'show') return await print(await shown(chosen, outbox), io);
  for (const letter of chosen)
    if (action === 'retry') await outbox.revive(letter);
    else await outbox.drop(letter);
  const done = action === 'retry' ? 'queued again for the next check' : 'dropped';
  return await print(`${chosen.length === 1 ? '1 notice' : `${chosen.length} notices`} ${done}\n`, io);
}

function chooseLetters(letters: readonly Entry[], ids: readonly string[], action: string): readonly Entry[] {
  if (ids.length === 0)
    throw new UsageError(`oclog alerts dead ${action}: name ids that oclog alerts dead list shows, or all`);
  if (ids.includes('all')) return letters;
  return ids.flatMap((id) => {
    const found = letters.filter(({ notice }) => id.length >= LEAST_ID && notice.id.startsWith(id));
    if (found.length > 0) return found;
    throw new UsageError(`there is no dead letter \`${id.slice(0, 60)}\``, {
      hint: 'see oclog alerts dead list',
    });
  });
}

async function shown(letters: readonly Entry[], outbox: Outbox): Promise<string> {
  const texts: string[] = [];
  for (const letter of letters)
    texts.push(`${deadLettersText([letter])}\n${plainText(await outbox.world.describe(letter.notice))}`);
  return texts.join('\n');
}
