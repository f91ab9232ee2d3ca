// What a test of a key in a shell came to, for people, and what that means for VNA.
import type { Verdict } from '../findings/explanation.ts';
import { type ExplainOptions, partsText } from './explain-text.ts';

type Outcome = NonNullable<Verdict['outcome']>;

interface Meaning {
  readonly head: string;
  readonly means: string;
  readonly next: string;
  readonly command: string;
}

const MEANINGS: Readonly<Record<Outcome, Meaning>> = {
  'permanent-key': {
    head: 'AWS accepts this key pair.',
    means: 'The pair is good: a permanent key of an IAM user, which is what VNA needs.',
    next: 'Enter this pair in VNA, the secret URL-encoded and without blanks around it. If VNA has the same pair and is still refused, compare what was typed there; the last steps of this say how:',
    command: 'oclog explain VNA1002',
  },
  'root-key': {
    head: 'AWS accepts this key pair, but it is the root key of the account.',
    means:
      'A root key may do anything in the account, and nothing can limit it. It does not belong on a server.',
    next: 'Create an IAM user just for VNA instead; this says how:',
    command: 'oclog explain VNA1001',
  },
  'temporary-key': {
    head: 'AWS accepts these credentials, but VNA cannot use them.',
    means:
      "They are temporary (an assumed role or a federated log-in). They count only together with a session token, for which VNA's AWS plugin has no field.",
    next: 'Give VNA a permanent key of an IAM user; this says how:',
    command: 'oclog explain VNA1001',
  },
  'no-key': {
    head: 'The AWS CLI found no key pair in this shell.',
    means:
      'This tells about the shell that you typed in, and nothing about VNA: a pair that was loaded is gone in another shell, and after logging out.',
    next: 'Load the pair into this shell, then ask again; this says how:',
    command: 'oclog explain VNA1001',
  },
  'no-region': {
    head: 'The AWS CLI does not know which region to ask.',
    means: 'This tells about the shell that you typed in, and nothing about VNA.',
    next: 'Name the region that VNA uses, then ask again:',
    command: 'export AWS_DEFAULT_REGION=us-east-1',
  },
  'no-cli': {
    head: 'The AWS CLI is not installed here, or not on the PATH.',
    means: 'This tells about the host that you typed on, and nothing about VNA.',
    next: 'Install it, or test the key on a host that has it; this says how:',
    command: 'oclog explain VNA1001',
  },
};

export function outcomeText(outcome: Outcome, options: ExplainOptions): string {
  const { head, means, next, command } = MEANINGS[outcome];
  const sections = [
    { label: 'means', lines: [{ text: means }] },
    { label: 'next', lines: [{ text: next }, { command }] },
  ];
  return `${head}\n${partsText([sections], options)}`;
}
