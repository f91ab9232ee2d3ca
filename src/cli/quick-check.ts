// `oclog check` on a log at rest: answers what the last run answered, if nothing can have changed. Loaded before anything
// else is; whatever it does not understand is left to the long way.
import { stateDirectory } from '../state/place.ts';
import { findRest, type Question, stampOf } from '../state/rest.ts';

const ENVIRONMENT = ['HOME', 'OCLOG_CONFIG', 'OCLOG_STATE_DIR', 'TZ', 'XDG_CONFIG_HOME', 'XDG_STATE_HOME'];

export interface RestingAnswer {
  readonly status: number;
  readonly text: string;
}

/** `null`: it is to be asked the long way. */
export function restingAnswer(argv: readonly string[]): RestingAnswer | null {
  const stateDir = stateDirectoryIn(argv);
  if (stateDir === null) return null;
  return findRest(stateDir, questionOf(argv), Date.now());
}

/** What a run was asked; for whoever keeps its answer, too. */
export function questionOf(argv: readonly string[]): Question {
  return {
    argv,
    cwd: process.cwd(),
    circumstances: [
      String(stampOf(process.argv[1] ?? '')),
      process.version,
      String(process.geteuid?.()),
      ...ENVIRONMENT.map((name) => `${name}=${process.env[name] ?? ''}`),
    ],
  };
}

/** `null` where that cannot be told without reading all that was typed. */
function stateDirectoryIn(argv: readonly string[]): string | null {
  const at = argv.findIndex((word) => word.startsWith('--state-dir'));
  const word = argv[at];
  if (word === undefined) return stateDirectory(undefined, process.env);
  if (argv.slice(at + 1).some((other) => other.startsWith('--state-dir'))) return null;
  const named = word === '--state-dir' ? argv[at + 1] : /^--state-dir=(.+)$/s.exec(word)?.[1];
  return named === undefined ? null : stateDirectory(named, process.env);
}
