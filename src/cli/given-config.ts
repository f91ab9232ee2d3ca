// What the configuration file says, where one is named: what was typed outweighs it.
import type { FlagTable, Given } from '../config/flag.ts';
import { redactLine } from '../findings/redact.ts';
import { SCAN_FLAGS, TAIL_FLAGS } from './flags.ts';

export async function withConfig(typed: Given): Promise<Given> {
  const path = typed['config'];
  if (typeof path !== 'string') return typed;
  const { readConfig } = await import('../config/file.ts');
  // One file serves all commands: what a command does not know is there for another.
  const { config: _, ...table }: FlagTable = { ...TAIL_FLAGS, ...SCAN_FLAGS };
  return { ...(await readConfig(path, table, (text) => redactLine(text, 'standard'))), ...typed };
}
