// Faults explained, as data: a rule in words, and what was recognised in a pasted text. Field names are those of
// `oclog explain --format json`.
import type { CliOutcome } from '../aws/cli-outcome.ts';
import type { Advice, Confidence, Finding, Severity } from './finding.ts';

/** A condition in words; `parts` are what a sentence such as "at least one of these holds" is about. */
export interface Clause {
  readonly text: string;
  readonly parts: readonly Clause[];
}

/** A cause of the fault with a cure of its own; the only one where the rule has no variants. */
export interface ExplainedVariant {
  /** `null` where the rule has no variants. */
  readonly variant: string | null;
  readonly confidence: Confidence;
  /** What must hold besides the rule's own conditions; empty for the variant of all other cases. */
  readonly recognised: readonly Clause[];
  /** A record of the log, redacted; the advice is filled in with its values. */
  readonly example: string | null;
  /** Whether the advice speaks of names and ids of the example. */
  readonly quotesExample: boolean;
  readonly advice: Advice;
}

export interface Citation {
  readonly name: string;
  /** The day on which the source was read. */
  readonly checked: string | null;
  readonly url: string;
}

export interface Explanation {
  readonly schemaVersion: 1;
  readonly type: 'explanation';
  readonly code: string;
  readonly rule: string;
  readonly title: string;
  readonly severity: Severity;
  readonly status: 'experimental' | 'stable' | 'deprecated';
  /** All of these hold. */
  readonly recognised: readonly Clause[];
  readonly notes: readonly string[];
  readonly variants: readonly ExplainedVariant[];
  /** When the advice is wrong. */
  readonly limits: readonly string[];
  /** Records that look like this fault and are not. */
  readonly lookalikes: readonly { readonly name: string; readonly because: string }[];
  readonly sources: readonly Citation[];
}

/** What a pasted text was taken for. */
export type ReadAs = 'record' | 'aws-cli' | 'exception' | 'sentence' | 'error-code' | 'unknown';

/** Records of one code. */
interface CodeCount {
  readonly code: string;
  readonly count: number;
}

/** What a pasted text is about. */
export interface Verdict {
  readonly schemaVersion: 1;
  readonly type: 'verdict';
  readonly readAs: ReadAs;
  /** How many log records the text holds. */
  readonly records: number;
  /** Whether the text was longer than what was looked at. */
  readonly cut: boolean;
  readonly fault: Pick<
    Finding,
    'code' | 'rule' | 'severity' | 'title' | 'variant' | 'confidence' | 'record' | 'aws' | 'advice'
  > | null;
  /** Faults in the records besides that one. */
  readonly further: readonly CodeCount[];
  /** What a test of a key in a shell came to, where AWS did not refuse it. */
  readonly outcome: CliOutcome | null;
  /** Where nothing was recognised: the code that the same words have in an AWS plugin's record at ERROR. */
  readonly elsewhere: string | null;
}

/** A rule in a list. */
export interface RuleEntry {
  readonly code: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly status: Explanation['status'];
  /** Empty: records of any plugin, or of none. */
  readonly plugins: readonly string[];
  readonly title: string;
}
