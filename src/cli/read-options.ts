// Reads a configuration file against the tables of options.
import { readConfig } from '../config/file.ts';
import type { FlagTable } from '../config/flag.ts';
import { redactLine } from '../findings/redact.ts';
import { CHECK_FLAGS, SCAN_FLAGS, TAIL_FLAGS } from './flags.ts';

type Env = { readonly [name: string]: string | undefined };

/** `env`: for what it says of alerts; `null`: that is not read. Throws `UsageError`. */
export function readOptions(path: string, env: Env | null): ReturnType<typeof readConfig> {
  // One file serves all commands: what a command does not know is there for another.
  const { config: _, ...table }: FlagTable = { ...CHECK_FLAGS, ...TAIL_FLAGS, ...SCAN_FLAGS };
  return readConfig(path, table, (text) => redactLine(text, 'standard'), env);
}
