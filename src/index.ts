// The public API, for programs that embed oclog: a whole scan, or the stages it is made of.

export { scan } from './app/scan.ts';
export type { ScanOptions } from './app/settings.ts';
export type { AwsError, Cause, KeyEvidence } from './aws/aws-error.ts';
export { parseAwsError } from './aws/parse.ts';
export type { Advice, AdviceStep, Finding, Link, Severity, VerifyStep } from './findings/finding.ts';
export { redact } from './findings/redact.ts';
export type { ScanError, ScanEvent, ScanNote, ScanSummary } from './findings/scan-event.ts';
export { KnownError, SinkError, SourceError, UsageError } from './lib/errors.ts';
export { frameRecords } from './records/framer.ts';
export { splitLines } from './records/lines.ts';
export type { Header, Line, LogRecord, Position, RecordLimits } from './records/record.ts';
export { loadRules } from './rules/builtin.ts';
export { compileRules, type RuleSet } from './rules/compile.ts';
export type { Rule } from './rules/rule.ts';
export { locateSources } from './sources/locate.ts';
export type { InflateLimits, Source } from './sources/source.ts';
