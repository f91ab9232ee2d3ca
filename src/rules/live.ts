// Rules that can be exchanged while they are in use: a record is judged by the ones of its moment.

import type { Level, LogRecord } from '../records/record.ts';
import type { CostOf } from './clauses.ts';
import type { CompiledRule, RuleSet } from './compile.ts';
import type { Rule } from './rule.ts';

export class LiveRules implements RuleSet {
  #current: RuleSet;

  constructor(rules: RuleSet) {
    this.#current = complete(rules);
  }

  get rules(): readonly Rule[] {
    return this.#current.rules;
  }

  get literals(): readonly string[] | null {
    return this.#current.literals;
  }

  literalsBy(costOf: CostOf): readonly string[] | null {
    return this.#current.literalsBy(costOf);
  }

  mayHold(raw: string): boolean {
    return this.#current.mayHold(raw);
  }

  concernsLevel(level: Level): boolean {
    return this.#current.concernsLevel(level);
  }

  concerns(record: Pick<LogRecord, 'header'>): boolean {
    return this.#current.concerns(record);
  }

  candidates(record: Pick<LogRecord, 'header'>): readonly CompiledRule[] {
    return this.#current.candidates(record);
  }

  likely(record: Pick<LogRecord, 'header' | 'raw'>): readonly CompiledRule[] {
    return this.#current.likely(record);
  }

  exchange(rules: RuleSet): void {
    this.#current = complete(rules);
  }
}

/** What is told of built-in rules is read from files when it is asked for; after months they may be another version's. */
function complete(rules: RuleSet): RuleSet {
  for (const rule of rules.rules) Object.values(rule);
  return rules;
}
