// A fault that oclog finds without a rule, explained as if there were one.
import { OWN_FAULTS } from '../alerts/own-faults.ts';
import type { Explanation } from '../findings/explanation.ts';

/** By code, in any letter case, or by id; `null` if it is none of them. */
export function explainOwn(word: string): Explanation | null {
  const typed = word.trim().toLowerCase();
  const fault = OWN_FAULTS.find(({ code, id }) => code.toLowerCase() === typed || id === typed);
  if (fault === undefined) return null;
  const { code, id, severity, title, known, page, advice } = fault;
  const only = { variant: null, recognised: [], example: null, quotesExample: false } as const;
  return {
    ...{ schemaVersion: 1, type: 'explanation', code, rule: id, title, severity, status: 'stable' },
    recognised: [{ text: known, parts: [] }],
    notes: [`No rule finds it: it is about oclog itself. See ${page} of oclog.`],
    variants: [{ ...only, confidence: 'certain', advice }],
    ...{ limits: [], lookalikes: [], sources: [] },
  };
}
