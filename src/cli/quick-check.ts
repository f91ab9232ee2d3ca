// `oclog check` on a log at rest: answers what the last run answered, if nothing can have changed. Loaded before anything
// else is; whatever it does not understand is left to the long way.
import { stateDirectory } from '../state/place.ts';
import { findRest, type Question, stampOf } from '../state/rest.ts';
import { openStandardOutput } from './standard-output.ts';

const ENVIRONMENT = ['HOME', 'OCLOG_CONFIG', 'OCLOG_STATE_DIR', 'TZ', 'XDG_CONFIG_HOME', 'XDG_STATE_HOME'];

/** `false`: it is to be asked the long way. */
export function answerAtRest(argv: readonly string[]): boolean {
  const stateDir = stateDirectoryIn(argv);
  const answer = stateDir === null ? null : findRest(stateDir, questionOf(argv), Date.now());
  if (answer === null) return false;
  process.exitCode = answer.status;
  // Whoever is not answered must not take it for a good one.
  const fail = (): never => process.exit(3);
  const output = openStandardOutput();
  output.on('error', fail);
  output.write(answer.text, (error) => void (error && fail()));
  return true;
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
