// What rules mean to each other: names that are taken, codes that are reserved, ranks that are shared.
import { quote, type Report, suggest } from '../lib/yaml/problem.ts';
import type { Rule } from './rule.ts';
import type { Draft } from './shape.ts';

/** A rule of a file, as far as it is in shape, and where to report what is wrong with it. */
export interface Candidate {
  readonly draft: Draft;
  readonly report: Report;
  /** Where it stands, for the problems of others. */
  readonly origin: string;
}

const RESERVED = /^VNA1(?!000)\d{3}$/;

/** `builtIn` are the rules that are there already; `null` where the candidates are the built-in ones. */
export function checkRules(candidates: readonly Candidate[], builtIn: readonly Rule[] | null): void {
  checkInhibited(candidates, builtIn);
  const ids = new Map<string, string>();
  const codes = new Map<string, string>();
  const ranks = new Map<string, string>();
  for (const { id, code, exclusive } of builtIn ?? []) {
    ids.set(id, `the built-in rule ${id}`);
    codes.set(code, `the built-in rule ${id}`);
    if (exclusive) ranks.set(rankKey(exclusive), `the built-in rule ${id}`);
  }
  const claim = (taken: Map<string, string>, key: string, owner: string, complain: (by: string) => void) => {
    const by = taken.get(key);
    if (by === undefined) taken.set(key, owner);
    else complain(by);
  };
  for (const { draft, report, origin } of candidates) {
    const { id, code, exclusive } = draft;
    if (id !== undefined) {
      claim(ids, id, origin, (by) => report(['id'], `the id ${quote(id)} is taken by ${by}`));
    }
    if (code !== undefined) {
      claim(codes, code, origin, (by) => report(['code'], `the code ${quote(code)} is taken by ${by}`));
      if (builtIn !== null && RESERVED.test(code) && !builtIn.some((rule) => rule.code === code)) {
        const help = 'VNA1001 to VNA1999 belong to built-in rules: take letters of your own';
        report(['code'], `the code ${quote(code)} is reserved`, { help });
      }
    }
    if (exclusive !== undefined) {
      claim(ranks, rankKey(exclusive), origin, (by) => {
        const { group, rank } = exclusive;
        report(['exclusive', 'rank'], `the rank ${rank} of the group ${quote(group)} is taken by ${by}`);
      });
    }
  }
}

/** Rules that are to be muted must be there, or a typing error would mute nothing. */
function checkInhibited(candidates: readonly Candidate[], builtIn: readonly Rule[] | null): void {
  const known = [...(builtIn ?? []), ...candidates.map(({ draft }) => draft)].flatMap(({ id }) => id ?? []);
  for (const { draft, report } of candidates) {
    for (const [index, inhibited] of (draft.alert?.inhibits ?? []).entries()) {
      const isPlain = typeof inhibited === 'string';
      const rule = isPlain ? inhibited : inhibited.rule;
      if (known.includes(rule)) continue;
      const path = ['alert', 'inhibits', index];
      report(isPlain ? path : [...path, 'rule'], `unknown rule ${quote(rule)}`, {
        help: suggest(rule, known),
      });
    }
  }
}

function rankKey({ group, rank }: NonNullable<Rule['exclusive']>): string {
  return `${rank} ${group}`;
}
