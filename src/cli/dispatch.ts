// What each command does: loaded when it is chosen.
import type { Given } from '../config/flag.ts';
import type { CommandName } from './command-table.ts';
import type { Console } from './console.ts';

type Run = (words: readonly string[], given: Given, io: Console) => Promise<number>;

export const RUN: Readonly<Record<CommandName, Run>> = {
  scan: async (paths, given, io) => {
    const { withConfig } = await import('./given-config.ts');
    const { runScan } = await import('./commands/scan.ts');
    return runScan(paths, await withConfig(given), io);
  },
  tail: async (paths, given, io) => {
    const { withConfig } = await import('./given-config.ts');
    const { runTail } = await import('./commands/tail.ts');
    return runTail(paths, await withConfig(given), io);
  },
  explain: async ([code], given, io) => (await import('./commands/explain.ts')).runExplain(code, given, io),
  'rules list': async (_words, given, io) => (await import('./commands/rules.ts')).runRulesList(given, io),
  'rules show': async ([code = ''], given, io) =>
    (await import('./commands/rules.ts')).runRulesShow(code, given, io),
  completion: async ([shell = ''], _given, io) =>
    (await import('./commands/completion.ts')).runCompletion(shell, io),
};
