// What the configuration file says, where one is named: what was typed outweighs it.
import type { FlagTable, Given } from '../config/flag.ts';
import { SCAN_FLAGS } from './flags.ts';

export async function withConfig(typed: Given): Promise<Given> {
  const path = typed['config'];
  if (typeof path !== 'string') return typed;
  const { readConfig } = await import('../config/file.ts');
  const { config: _, ...table }: FlagTable = SCAN_FLAGS;
  return { ...(await readConfig(path, table)), ...typed };
}
