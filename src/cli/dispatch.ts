// What each command does: loaded when it is chosen.
import type { Given } from '../config/flag.ts';
import type { CommandName } from './command-table.ts';
import type { Console } from './console.ts';
import { withConfig } from './given-config.ts';

type Run = (words: readonly string[], given: Given, io: Console) => Promise<number>;

export const RUN: Readonly<Record<CommandName, Run>> = {
  scan: async (paths, given, io) => {
    const { runScan } = await import('./commands/scan.ts');
    return runScan(paths, await withConfig(given, io.env), io);
  },
  tail: async (paths, given, io) => {
    const { runTail } = await import('./commands/tail.ts');
    return runTail(paths, await withConfig(given, io.env), io);
  },
  check: async (paths, given, io) => (await import('./commands/check.ts')).runCheck(paths, given, io),
  'alerts list': async (_words, given, io) => (await import('./commands/alerts.ts')).runAlertsList(given, io),
  'alerts ack': async ([name = ''], given, io) =>
    (await import('./commands/alerts.ts')).runAlertsAck(name, given, io),
  'alerts resolve': async ([name = ''], given, io) =>
    (await import('./commands/alerts.ts')).runAlertsResolve(name, given, io),
  'alerts silence': async ([name], given, io) =>
    (await import('./commands/alerts.ts')).runAlertsSilence(name, given, io),
  'alerts test': async (_words, given, io) =>
    (await import('./commands/alert-delivery.ts')).runAlertsTest(given, io),
  'alerts dead': async (words, given, io) =>
    (await import('./commands/alert-delivery.ts')).runAlertsDead(words, given, io),
  'alerts unsilence': async ([id = ''], given, io) =>
    (await import('./commands/alerts.ts')).runAlertsUnsilence(id, given, io),
  explain: async ([code], given, io) => (await import('./commands/explain.ts')).runExplain(code, given, io),
  'rules list': async (_words, given, io) => (await import('./commands/rules.ts')).runRulesList(given, io),
  'rules show': async ([code = ''], given, io) =>
    (await import('./commands/rules.ts')).runRulesShow(code, given, io),
  completion: async ([shell = ''], _given, io) =>
    (await import('./commands/completion.ts')).runCompletion(shell, io),
};
