// Reads the rule files again while a log is followed. Rules with faults change nothing but what standard error says.
import { redact } from '../findings/redact.ts';
import { describeProblem, KnownError } from '../lib/errors.ts';
import { loadRules } from '../rules/builtin.ts';
import { compileRules } from '../rules/compile.ts';
import type { LiveRules } from '../rules/live.ts';

export interface ReloadWords {
  done(message: string): void;
  failed(message: string): void;
}

/** What to call at each request; requests that come in the meantime are one. */
export function reloaderOf(rules: LiveRules, paths: readonly string[], words: ReloadWords): () => void {
  let state: 'idle' | 'busy' | 'again' = 'idle';
  const run = async (): Promise<void> => {
    do {
      state = 'busy';
      await reload(rules, paths, words);
    } while (wasAskedAgain());
    state = 'idle';
  };
  const wasAskedAgain = (): boolean => state === 'again';
  return () => {
    if (state !== 'idle') state = 'again';
    else void run();
  };
}

async function reload(rules: LiveRules, paths: readonly string[], words: ReloadWords): Promise<void> {
  try {
    rules.exchange(compileRules(await loadRules(paths)));
    words.done(`oclog: rules read again: ${rules.rules.length} rules`);
  } catch (error) {
    const reason = error instanceof KnownError ? wordsFor(error) : `oclog: ${String(error)}`;
    words.failed(
      `oclog: the rules could not be read again and stay as they were\n${redact(reason, 'standard')}`,
    );
  }
}

function wordsFor(error: KnownError): string {
  return error.isBlock ? error.message : `oclog: ${describeProblem(error)}`;
}
