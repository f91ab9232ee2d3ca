// Keeps the answer of a check for the next run of the same command line, should nothing change until then.
import { statSync } from 'node:fs';
import type { LogRest } from '../app/check-rest.ts';
import type { Given } from '../config/flag.ts';
import { keepRest, sampleOf, stampOf } from '../state/rest.ts';
import { listOf } from './given.ts';
import { questionOf } from './quick-check.ts';

export interface Said {
  readonly status: number;
  readonly text: string;
}

interface Asked {
  readonly given: Given;
  /** Files and folders that must stay as they are, or stay away. */
  readonly also: readonly string[];
  readonly stateDir: string;
  /** Where the same question leaves its trouble, see `troubleNews`: there is none. */
  readonly troubleFile: string;
}

export function keepAnswer(logs: readonly LogRest[], said: Said, asked: Asked): void {
  const inputs = inputsOf(asked.given);
  if (inputs === null) return;
  const files = [...new Set([...inputs, ...asked.also, ...logs.flatMap((log) => log.files)])];
  const absent = [asked.troubleFile, ...logs.flatMap((log) => log.absent)];
  keepRest(asked.stateDir, {
    question: questionOf(process.argv.slice(2)),
    from: Date.now(),
    until: Math.min(...logs.map(({ until }) => until)),
    stamps: [
      ...files.map((path) => [path, stampOf(path)] as const),
      ...absent.map((path) => [path, null] as const),
    ],
    samples: logs.flatMap(({ sample }) =>
      sample === null ? [] : sampleOf(sample.path, sample.offset, sample.length),
    ),
    ...said,
  });
}

/** Rules; `null` where a change of them would not show. */
function inputsOf(given: Given): readonly string[] | null {
  const rules = listOf(given, 'rules');
  if (rules.some((path) => statSync(path, { throwIfNoEntry: false })?.isFile() !== true)) return null;
  return rules;
}
