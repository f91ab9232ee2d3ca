// What the configuration file says, where one is named: what was typed outweighs it.
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Given } from '../config/flag.ts';
import type { AlertConfig } from '../config/sections.ts';

type Env = { readonly [name: string]: string | undefined };

export interface AlertGiven extends AlertConfig {
  readonly given: Given;
  /** Files that would have been read had they been there, and the one that was. */
  readonly files: readonly string[];
}

const OF_ALL = '/etc/oclog/config.yaml';

/** The file that was named, on the command line or in the environment. */
export async function withConfig(typed: Given, env: Env): Promise<Given> {
  const path = namedConfig(typed, env);
  return path === null ? typed : { ...(await read(path, null)).given, ...typed };
}

/** For what runs by itself: also the user's file, or that of the machine, and what it says of alerts. */
export async function withAlertConfig(typed: Given, env: Env): Promise<AlertGiven> {
  const named = namedConfig(typed, env);
  const files = named === null ? usualConfigs(env) : [named];
  const path = named ?? files.find((one) => existsSync(one));
  if (path === undefined) return { given: typed, files, channels: [], alerting: {} };
  const { given, alerts } = await read(path, env);
  const { channels = [], alerting = {} } = alerts ?? {};
  const { 'quiet-after': quietAfter, repeat } = alerting;
  const timers = {
    ...(quietAfter === undefined ? {} : { 'quiet-after': quietAfter }),
    ...(repeat === undefined ? {} : { repeat }),
  };
  return { given: { ...given, ...timers, ...typed }, files, channels, alerting };
}

function namedConfig(typed: Given, env: Env): string | null {
  const path = typed['config'];
  if (typeof path === 'string') return path;
  const variable = env['OCLOG_CONFIG'];
  return variable === undefined || variable === '' ? null : variable;
}

function usualConfigs(env: Env): readonly string[] {
  const home = env['XDG_CONFIG_HOME'];
  // The specification has relative paths ignored.
  const folder = home?.startsWith('/') === true ? home : join(homedir(), '.config');
  return [join(folder, 'oclog', 'config.yaml'), OF_ALL];
}

/** Loaded here: most runs have no such file. */
async function read(path: string, env: Env | null) {
  const { readOptions } = await import('./read-options.ts');
  return await readOptions(path, env);
}
