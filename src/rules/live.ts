// Rules that can be exchanged while they are in use: a record is judged by the ones of its moment.

import type { LogRecord } from '../records/record.ts';
import type { CompiledRule, RuleSet } from './compile.ts';
import type { Rule } from './rule.ts';

export class LiveRules implements RuleSet {
  #current: RuleSet;

  constructor(rules: RuleSet) {
    this.#current = rules;
  }

  get rules(): readonly Rule[] {
    return this.#current.rules;
  }

  ready(): Promise<void> {
    return this.#current.ready();
  }

  concerns(record: LogRecord): boolean {
    return this.#current.concerns(record);
  }

  candidates(record: LogRecord): readonly CompiledRule[] {
    return this.#current.candidates(record);
  }

  exchange(rules: RuleSet): void {
    this.#current = rules;
  }
}
