// What a pasted text is about: records of a log, an exception without its header, a message of the AWS CLI, one of AWS's
// sentences, or an error code. Judged by the same framer, parsers and rules as a log.
import type { AwsError, Cause } from '../aws/aws-error.ts';
import { errorOfCode, NOT_PRINTED, parseCliMessage, parseSentence } from '../aws/cli-message.ts';
import { recogniseOutcome } from '../aws/cli-outcome.ts';
import { KeyTrail } from '../aws/key-evidence.ts';
import { parseAwsError } from '../aws/parse.ts';
import { buildFinding } from '../findings/build.ts';
import type { ReadAs, Verdict } from '../findings/explanation.ts';
import type { Confidence } from '../findings/finding.ts';
import { leadingPlugin } from '../records/header.ts';
import type { LogRecord } from '../records/record.ts';
import { adviceFor } from '../rules/advice.ts';
import type { RuleSet } from '../rules/compile.ts';
import { awsCodesOf } from '../rules/describe.ts';
import { evaluate, type Match } from '../rules/engine.ts';
import type { Facts } from '../rules/facts.ts';
import { findAwsCode } from '../rules/find-rule.ts';
import { factsOf } from './facts.ts';
import { recordsInText } from './text-records.ts';

const EVERYBODYS: readonly Cause[] = ['permission', 'throttling', 'network', 'disabled'];

/** Longer words name no error. */
const ERROR_CODE = /^[A-Za-z][\w.]{2,99}$/;

/** What a mail puts before each line that it quotes. */
const QUOTE = /^(?:> ?)+/gm;

/** `cut`: `text` is the beginning of something longer. */
export function explainPaste(text: string, cut: boolean, rules: RuleSet): Verdict {
  const asPasted = recordsInText(text);
  // A record that stands by itself is not changed: a line of it may begin like a quotation.
  const words = asPasted.length > 0 ? text : text.replace(QUOTE, '');
  const records = words === text ? asPasted : recordsInText(words);
  const found = records.length > 0 ? inRecords(records, rules) : inWords(words, rules);
  const elsewhere = found.fault === null ? codeElsewhere(records, rules) : null;
  return {
    ...{ schemaVersion: 1, type: 'verdict', records: records.length, cut, further: [], outcome: null },
    ...found,
    elsewhere,
  };
}

type Found = Pick<Verdict, 'readAs' | 'fault'> & Partial<Pick<Verdict, 'further' | 'outcome'>>;

function inRecords(records: readonly LogRecord[], rules: RuleSet): Found {
  const keys = new KeyTrail();
  const counts = new Map<string, number>();
  let fault: Verdict['fault'] = null;
  for (const record of records) {
    const key = keys.observe(record);
    const facts = factsOf(record, () => key);
    const [match] = evaluate(rules, facts, rules.likely(record));
    if (match === undefined) continue;
    if (fault === null) fault = faultOf(match, facts);
    else counts.set(match.rule.code, (counts.get(match.rule.code) ?? 0) + 1);
  }
  return { readAs: 'record', fault, further: [...counts].map(([code, count]) => ({ code, count })) };
}

/** A text without header is read as the message of an AWS plugin's record at ERROR. */
function inWords(text: string, rules: RuleSet): Found {
  const words = text.trim();
  const [record] = recordsInText(asRecord(words));
  if (words === '' || record === undefined) return { readAs: 'unknown', fault: null };
  const { readAs, aws } = readWords(words, record, rules);
  const outcome = isAnswer(aws) ? null : recogniseOutcome(words);
  if (outcome !== null) return { readAs: 'aws-cli', fault: null, outcome };
  const facts: Facts = { record, aws, key: new KeyTrail().observe(record) };
  const [match] = evaluate(rules, facts);
  if (match === undefined) return { readAs: 'unknown', fault: null };
  if (readAs !== 'sentence')
    return { readAs: readAs === 'unknown' ? 'exception' : readAs, fault: faultOf(match, facts) };
  return { readAs, fault: faultOf({ ...match, confidence: confidenceIn(aws, match) }, facts) };
}

/** An error of a service says more than what stands around it. */
function isAnswer(aws: AwsError | null): boolean {
  return aws?.origin === 'service';
}

/** Nothing but its words tells that a sentence is AWS's, and some of its words are everybody's. */
function confidenceIn(aws: AwsError | null, { confidence }: Match): Confidence {
  if (EVERYBODYS.includes(aws?.cause ?? 'network')) return 'possible';
  return confidence === 'certain' ? 'likely' : confidence;
}

function asRecord(words: string): string {
  return leadingPlugin(words) === null ? `ERROR [AWS_PLUGIN] ${words}` : `ERROR ${words}`;
}

function readWords(
  words: string,
  record: LogRecord,
  { rules }: RuleSet,
): { readonly readAs: ReadAs; readonly aws: AwsError | null } {
  const fromCli = parseCliMessage(words);
  if (fromCli !== null) return { readAs: 'aws-cli', aws: fromCli };
  const fromSdk = parseAwsError(record.text);
  if (fromSdk !== null) return { readAs: 'exception', aws: fromSdk };
  const known = ERROR_CODE.test(words) ? findAwsCode(rules, words) : null;
  if (known !== null) return { readAs: 'error-code', aws: errorOfCode(known.awsCode) };
  const said = parseSentence(words);
  return said === null ? { readAs: 'unknown', aws: null } : { readAs: 'sentence', aws: said };
}

/** The same words in a record that the rules look at: at INFO, or from elsewhere, they are no fault of the AWS plugin. */
function codeElsewhere(records: readonly LogRecord[], rules: RuleSet): string | null {
  for (const { text } of records) {
    const error = parseAwsError(text);
    if (error === null) {
      const named = ruleOfCodeIn(text, rules);
      if (named !== null) return named;
      continue;
    }
    const [record] = recordsInText(`ERROR [AWS_PLUGIN] ${text.split('\n').join(' ')}`);
    if (record === undefined) continue;
    const [match] = evaluate(rules, { record, aws: error, key: null });
    if (match !== undefined) return match.rule.code;
  }
  return null;
}

function ruleOfCodeIn(text: string, { rules }: RuleSet): string | null {
  const words = new Set(text.match(/\b[A-Z][A-Za-z]{7,99}\b/g) ?? []);
  return rules.find((rule) => awsCodesOf(rule).some((code) => words.has(code)))?.code ?? null;
}

function faultOf(match: Match, facts: Facts): Verdict['fault'] {
  const { code, rule, severity, title, variant, confidence, record, aws, advice } = buildFinding({
    ...match,
    advice: adviceFor(match, facts),
    record: facts.record,
    aws: facts.aws,
    key: facts.key,
    host: '',
    path: '-',
    time: null,
    timeInferred: false,
    redaction: 'standard',
  });
  const isHidden = aws?.requestId === NOT_PRINTED;
  const requestId = isHidden ? null : (aws?.requestId ?? null);
  return {
    ...{ code, rule, severity, title, variant, record },
    // Who answered, AWS or a proxy, a request id would tell.
    confidence: isHidden ? 'possible' : confidence,
    aws: aws === null ? null : { ...aws, requestId },
    ...(advice && { advice }),
  };
}
