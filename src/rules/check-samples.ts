// Samples of rule files: names, variants and captures that are there, and no real keys.

import { type KeyPath, quote, type Report, suggest } from '../lib/yaml/problem.ts';
import { checkKeys } from './check-secrets.ts';
import type { Rule } from './rule.ts';

type Samples = Rule['samples'];
type MatchSample = Samples['match'][number];

/** `variants` and `captures` are the rule's names of them; `null` where they are not in shape. */
export function checkSamples(
  samples: Samples,
  variants: readonly string[] | null,
  captures: readonly string[] | null,
  report: Report,
): void {
  checkNames(samples, report);
  for (const [index, sample] of samples.match.entries()) {
    const path = ['samples', 'match', index];
    checkKeys(sample.text, [...path, 'text'], report);
    if (captures !== null) checkCaptures(sample, path, captures, report);
    if (variants !== null) checkVariant(sample, path, variants, report);
  }
  for (const [index, { text }] of samples.nomatch.entries()) {
    checkKeys(text, ['samples', 'nomatch', index, 'text'], report);
  }
}

function checkNames(samples: Samples, report: Report): void {
  const seen = new Set<string>();
  for (const kind of ['match', 'nomatch'] as const) {
    for (const [index, { name }] of samples[kind].entries()) {
      if (seen.has(name)) {
        report(['samples', kind, index, 'name'], `two samples with the name ${quote(name)}`);
      }
      seen.add(name);
    }
  }
}

function checkCaptures(sample: MatchSample, path: KeyPath, known: readonly string[], report: Report): void {
  for (const name of Object.keys(sample.captures ?? {})) {
    if (known.includes(name)) continue;
    const help = suggest(name, known);
    report([...path, 'captures', name], `unknown capture ${quote(name)}`, { at: 'key', help });
  }
}

function checkVariant(
  { variant }: MatchSample,
  path: KeyPath,
  known: readonly string[],
  report: Report,
): void {
  if (variant === undefined) {
    if (known.length > 0) report(path, 'missing field `variant`', { help: suggest('', known) });
  } else if (!known.includes(variant)) {
    const help = known.length === 0 ? 'the rule has no variants' : suggest(variant, known);
    report([...path, 'variant'], `unknown variant ${quote(variant)}`, { help });
  }
}
