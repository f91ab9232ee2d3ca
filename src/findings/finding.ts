// A finding: one rule's verdict on one record, as data. Field names are those of the NDJSON contract.

export const SEVERITIES = ['info', 'warning', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Higher is graver. */
export function gravityOf(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}

export const CONFIDENCES = ['possible', 'likely', 'certain'] as const;
export type Confidence = (typeof CONFIDENCES)[number];

/** For sorting: the surest first, then the most frequent. */
export function compareSurety(
  a: { readonly confidence: Confidence; readonly count: number },
  b: { readonly confidence: Confidence; readonly count: number },
): number {
  return CONFIDENCES.indexOf(b.confidence) - CONFIDENCES.indexOf(a.confidence) || b.count - a.count;
}

export interface AdviceStep {
  readonly do: string;
  readonly where: string | null;
  readonly run: string | null;
  readonly expect: string | null;
  readonly source: string | null;
}

export interface VerifyStep {
  readonly do: string;
  readonly run: string | null;
  readonly expect: string | null;
}

export interface Link {
  readonly title: string;
  readonly url: string;
}

/** What to do about a finding, for the variant at hand. */
export interface Advice {
  readonly summary: string;
  readonly why: string;
  readonly steps: readonly AdviceStep[];
  readonly verify: readonly VerifyStep[];
  readonly links: readonly Link[];
}

export interface Finding {
  readonly schemaVersion: 1;
  readonly type: 'finding';
  /** 16 hex digits; names the occurrence. */
  readonly id: string;
  readonly host: string;
  readonly code: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly title: string;
  readonly variant: string | null;
  readonly confidence: Confidence;
  /** 12 hex digits; names the fault. */
  readonly fingerprint: string;
  readonly time: string | null;
  readonly timeInferred: boolean;
  readonly truncated: boolean;
  readonly source: {
    readonly path: string;
    readonly line: number;
    readonly endLine: number;
    readonly offset: number;
    readonly bytes: number;
  };
  readonly record: {
    readonly level: string;
    readonly plugin: string | null;
    readonly category: string | null;
    readonly thread: string | null;
    readonly text: string;
  };
  readonly aws: {
    readonly service: string | null;
    readonly status: number | null;
    readonly errorCode: string | null;
    readonly inferred: boolean;
    readonly message: string | null;
    readonly requestId: string | null;
    readonly region: string | null;
    /** Masked: prefix and last four characters. */
    readonly accessKey: string | null;
    readonly sdk: 'v1' | 'v2' | null;
  } | null;
  readonly advice?: Advice;
}
