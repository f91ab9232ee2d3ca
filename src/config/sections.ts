// The sections `channels` and `alerting` of the configuration file.
import { stat } from 'node:fs/promises';
import * as v from 'valibot';
import type { ChannelSettings } from '../alerts/channels/settings.ts';
import type { YamlDocument } from '../lib/yaml/document.ts';
import { reportIssues } from '../lib/yaml/issues.ts';
import type { Problem, Report } from '../lib/yaml/problem.ts';
import { type AlertingSection, type ChannelSection, sectionsSchema } from './channel-schema.ts';
import { ChannelReader } from './channels.ts';
import { SENSITIVE } from './sensitive.ts';

const SECTIONS = ['channels', 'alerting'] as const;

export interface AlertConfig {
  readonly channels: readonly ChannelSettings[];
  readonly alerting: AlertingSection;
}

/** What is wrong is added to `problems`. */
export async function readSections(
  document: YamlDocument,
  path: string,
  env: { readonly [name: string]: string | undefined },
  problems: Problem[],
): Promise<AlertConfig> {
  const report = reporter(document, path, problems);
  const all = document.value as Readonly<Record<string, unknown>>;
  const own = Object.fromEntries(SECTIONS.filter((name) => name in all).map((name) => [name, all[name]]));
  const result = v.safeParse(sectionsSchema, own);
  if (!result.success) {
    reportIssues(result.issues, { report, sourceOf: document.source, root: 'the file' });
    return { channels: [], alerting: {} };
  }
  const { channels, alerting } = result.output;
  if (Object.keys(channels).length > 0) await checkOwner(path, problems);
  const reader = new ChannelReader(env, report);
  const read: ChannelSettings[] = [];
  for (const [name, section] of Object.entries<ChannelSection>(channels))
    read.push(await reader.read(name, section));
  return { channels: read, alerting };
}

/** Whoever may write the file may have programs run as the user that runs oclog. */
async function checkOwner(path: string, problems: Problem[]): Promise<void> {
  const { mode, uid } = await stat(path);
  const own = process.geteuid?.();
  if ((mode & 0o002) !== 0)
    problems.push({
      path,
      place: null,
      message: 'everybody may write to a file with channels',
      help: `chmod 644 ${path}`,
    });
  else if (own !== undefined && uid !== own && uid !== 0)
    problems.push({
      path,
      place: null,
      message: 'a file with channels belongs to another user',
      help: 'chown it',
    });
}

function reporter(document: YamlDocument, path: string, problems: Problem[]): Report {
  return (keys, message, mark = {}) => {
    const place = document.place(keys, mark.at, mark.piece);
    // Nobody knows what a field was meant to be that is not known: perhaps a secret's.
    const isUnknown = keys[0] === 'channels' && mark.at === 'key';
    const isHidden = mark.secret === true || isUnknown || SENSITIVE.test(place.text ?? '');
    problems.push({
      path,
      place: isHidden ? { ...place, text: null } : place,
      message,
      help: mark.help ?? null,
    });
  };
}
