// A rule as its author wrote it, after validation: plain data, nothing compiled.
import type { Confidence, Link, Severity } from '../findings/finding.ts';

/** A place in the vendor's article, or a page elsewhere. */
export type SourceRef =
  | {
      readonly article: string;
      readonly section: string;
      readonly step?: number | string;
      readonly checked?: string;
    }
  | { readonly title: string; readonly url: string };

export type Scalar = string | number | boolean;

/** One test of one fact; `record.text` where no fact is named. */
export interface Leaf {
  readonly id?: string;
  readonly fact?: string;
  readonly contains?: string;
  readonly equals?: Scalar;
  readonly startsWith?: string;
  readonly regex?: string;
  readonly in?: readonly Scalar[];
  readonly exists?: boolean;
  readonly gt?: number;
  readonly gte?: number;
  readonly lt?: number;
  readonly lte?: number;
}

/** Every key that is there must hold. */
export interface Combination {
  readonly all?: readonly Condition[];
  readonly any?: readonly Condition[];
  readonly not?: Condition | readonly Condition[];
}

export type Condition = Leaf | Combination;

export interface Variant {
  readonly id: string;
  readonly when?: Condition;
  readonly otherwise?: true;
  readonly confidence: Confidence;
}

/** A text for every variant, or one a variant (`default` for the rest). */
export type VariantText = string | { readonly [variant: string]: string };

export interface RuleStep {
  readonly do: string;
  readonly for?: readonly string[];
  readonly where?: string;
  readonly run?: string;
  readonly expect?: string;
  readonly source?: SourceRef;
}

/** A record that proves that a rule's fault is over. */
export interface SuccessPattern {
  /** Stands in the text of every such record: what else a log holds is passed over for it. */
  readonly contains: string;
  readonly match?: Condition;
  /** Those of the rule where it is left out. */
  readonly plugin?: readonly string[];
  /** INFO where it is left out. */
  readonly levels?: readonly string[];
  /** Must be known of fault and success, and equal. */
  readonly same?: readonly ('region' | 'service')[];
}

/** A rule's id, or one variant of it, muted only while the muting fault is in the variant `when`. */
export type InhibitedRule =
  | string
  | { readonly rule: string; readonly variant?: string; readonly when?: string };

/** How a fault is alerted; spans are written as in `30m`. */
export interface RuleAlert {
  readonly quietAfter?: string;
  readonly repeat?: string;
  readonly fire?: { readonly count: number; readonly within: string };
  readonly inhibits?: readonly InhibitedRule[];
  readonly resolveOn?: readonly SuccessPattern[];
}

export interface Rule {
  readonly schema: 1;
  readonly id: string;
  readonly code: string;
  readonly title: string;
  readonly severity: Severity;
  readonly status: 'experimental' | 'stable' | 'deprecated';
  readonly confidence?: Confidence;
  readonly exclusive?: { readonly group: string; readonly rank: number };
  readonly sources: readonly SourceRef[];
  readonly applies?: { readonly plugin?: readonly string[]; readonly levels?: readonly string[] };
  readonly match: Condition;
  readonly capture?: { readonly [name: string]: { readonly regex: string; readonly optional?: boolean } };
  readonly variants?: readonly Variant[];
  readonly advice: {
    readonly summary: VariantText;
    readonly why: VariantText;
    readonly steps: readonly RuleStep[];
    readonly verify: readonly RuleStep[];
    readonly links: readonly Link[];
    /** When the advice is wrong; for `explain`. */
    readonly limits?: readonly string[];
  };
  readonly alert?: RuleAlert;
  readonly samples: {
    readonly match: readonly {
      readonly name: string;
      readonly variant?: string;
      readonly captures?: { readonly [name: string]: string };
      readonly text: string;
    }[];
    readonly nomatch: readonly { readonly name: string; readonly because?: string; readonly text: string }[];
  };
}
