// Facts and operators as parts of English sentences. Says what a rule file's condition says, no more.
import { captureName, DEFAULT_FACT } from './facts.ts';
import type { Leaf, Scalar } from './rule.ts';

const SUBJECTS: ReadonlyMap<string, string> = new Map([
  ['record.level', "the record's level"],
  ['record.plugin', "the record's plugin tag"],
  ['record.category', "the record's logger category"],
  ['record.thread', "the name of the record's thread"],
  ['record.text', "the record's text"],
  ['aws.origin', 'the origin of the AWS error'],
  ['aws.service', 'the AWS service'],
  ['aws.status', 'the HTTP status'],
  ['aws.errorCode', "AWS's error code"],
  ['aws.inferred', 'whether the error code was inferred'],
  ['aws.message', "AWS's sentence"],
  ['aws.requestId', "AWS's request id"],
  ['aws.region', 'the AWS region'],
  ['aws.cause', "the subject of AWS's sentence"],
  ['aws.sdk', 'the generation of the AWS SDK'],
  ['key.kind', 'the kind of access key'],
]);

const KEY_SHOWN = 'the record, or one shortly before it on the same thread, shows';
const TEMPORARY = `${KEY_SHOWN} a temporary key: an ASIA key id, or the ARN of an assumed role or federated user`;
const PERMANENT = `${KEY_SHOWN} an AKIA key id, and nothing of a temporary key`;

/** Sentences for a fact that has this value, or a value at all; behind the bar, where it has not. */
const SENTENCES: ReadonlyMap<string, string> = new Map([
  ['aws.origin=service', 'a service of AWS answered with an error|no service of AWS answered with an error'],
  ['aws.origin=client', 'the AWS SDK gave up before AWS answered|the AWS SDK did not give up by itself'],
  ['aws.origin', 'the record holds an error of an AWS SDK|the record holds no error of an AWS SDK'],
  ['aws.errorCode', 'AWS gave an error code|the record gives no error code of AWS'],
  ['aws.inferred=true', 'the error code was inferred, not printed|the error code was not inferred'],
  ['aws.inferred=false', 'the log prints the error code|the log does not print the error code'],
  ['aws.message', 'the AWS error comes with a sentence|the AWS error comes without a sentence'],
  ['aws.requestId', 'the record gives a request id of AWS|the record gives no request id of AWS'],
  ['aws.region', 'the record names an AWS region|the record names no AWS region'],
  [
    'aws.cause=network',
    'the error speaks of the network: no connection, or no answer|the error does not speak of the network',
  ],
  [
    'aws.cause=credentials',
    'the AWS SDK says that it found no credentials|the AWS SDK does not complain of credentials',
  ],
  ['aws.cause=clock', "AWS's sentence is about the time|AWS's sentence is not about the time"],
  [
    'aws.cause=scope',
    "AWS's sentence is about the region that the request was signed for|AWS's sentence is not about a region",
  ],
  ['key.kind=temporary', `${TEMPORARY}|no temporary key is shown`],
  ['key.kind=permanent', `${PERMANENT}|no permanent key is shown`],
  ['key.kind', `${KEY_SHOWN} what kind of key was used|nothing shows what kind of key was used`],
]);

/** Letters that mean nothing but themselves. */
const LITERAL = /^(\(\?i\))?([\w ,:;'"@#%&=<>/!~-]+)$/;

/** One leaf as a sentence, or its contrary. */
export function describeLeaf(leaf: Leaf, holds: boolean): string {
  const name = leaf.fact ?? DEFAULT_FACT;
  if (leaf.exists !== undefined) {
    const present = leaf.exists === holds;
    return sentence(name, present) ?? `${subjectOf(name)} is ${present ? 'known' : 'not known'}`;
  }
  const known = leaf.equals === undefined ? undefined : sentence(`${name}=${leaf.equals}`, holds);
  return known ?? `${subjectOf(name)} ${verbs(leaf)[holds ? 0 : 1]}`;
}

function sentence(key: string, holds: boolean): string | undefined {
  return SENTENCES.get(key)?.split('|')[holds ? 0 : 1];
}

function subjectOf(name: string): string {
  const capture = captureName(name);
  return capture === null ? (SUBJECTS.get(name) ?? name) : `the part of the text called ${capture}`;
}

/** How it holds, and how it does not. */
function verbs(leaf: Leaf): readonly [string, string] {
  const { contains, equals, startsWith, regex } = leaf;
  if (equals !== undefined) return [`is ${plain(equals)}`, `is not ${plain(equals)}`];
  if (leaf.in !== undefined) return [`is ${listOf(leaf.in, 'or')}`, `is none of ${listOf(leaf.in, 'and')}`];
  if (contains !== undefined) return [`contains "${contains}"`, `does not contain "${contains}"`];
  if (startsWith !== undefined) return [`begins with "${startsWith}"`, `does not begin with "${startsWith}"`];
  if (regex !== undefined) return matching(regex);
  return [`is ${bound(leaf)}`, `is not ${bound(leaf)}`];
}

function bound({ gt, gte, lt, lte }: Leaf): string {
  if (gt !== undefined) return `above ${gt}`;
  if (gte !== undefined) return `${gte} or more`;
  return lt === undefined ? `${lte} or less` : `below ${lt}`;
}

function matching(regex: string): readonly [string, string] {
  const [, anyCase, literal] = LITERAL.exec(regex) ?? [];
  if (literal === undefined)
    return [`matches the expression ${regex}`, `does not match the expression ${regex}`];
  const words = `"${literal}"${anyCase === undefined ? '' : ', in capital or small letters'}`;
  return [`contains ${words}`, `does not contain ${words}`];
}

/** `A, B or C`. */
export function listOf(values: readonly Scalar[], joint: 'and' | 'or'): string {
  const words = values.map(plain);
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} ${joint} ${last}`;
}

function plain(value: Scalar): string {
  return typeof value === 'string' && !/^[\w.:/-]+$/.test(value) ? `"${value}"` : String(value);
}
