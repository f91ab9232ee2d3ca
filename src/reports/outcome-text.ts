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
  'may-read': {
    head: 'AWS lets this user read EC2.',
    means:
      'The pair is good, and the permission that VNA needs for virtual machines is there. An empty list is fine.',
    next: 'Enter this pair in VNA, the secret URL-encoded and without blanks around it; the last steps of this say how:',
    command: 'oclog explain VNA1002',
  },
  'no-key': {
    head: 'The AWS CLI found no key pair in this shell.',
    means:
      'This tells about the shell that you typed in, and nothing about VNA: a pair that was loaded is gone in another shell, and after logging out.',
    next: 'Load the pair into this shell, then ask again; this says how:',
    command: 'oclog explain VNA1001',
  },
  'half-key': {
    head: 'The AWS CLI found only half of a key pair in this shell.',
    means:
      'Either the Access Key ID or the secret was not loaded. This tells about the shell that you typed in, and nothing about VNA.',
    next: 'Load both halves, then ask again; this says how:',
    command: 'oclog explain VNA1001',
  },
  'broken-key': {
    head: 'The Access Key ID in this shell holds a sign that cannot be sent.',
    means:
      'Mostly a line break was pasted along with it. If VNA was given the key in the same way, AWS answers it IncompleteSignature.',
    next: 'Load the pair anew, without anything before or behind it, then ask again; this says how:',
    command: 'oclog explain VNA1006',
  },
  'no-profile': {
    head: 'The AWS CLI was told to use a profile that is not here.',
    means:
      'A profile is a key pair saved under a name; AWS_PROFILE, or --profile, names one that this user of this host does not have. This tells nothing about VNA.',
    next: 'Leave --profile out, forget the name, then ask again:',
    command: 'unset AWS_PROFILE',
  },
  'sso-profile': {
    head: 'The AWS CLI used an SSO log-in, which is over.',
    means:
      'SSO gives temporary keys only, which VNA cannot use; so this was not the pair for VNA, and logging in again would not make it one.',
    next: 'Load the permanent pair of an IAM user into this shell, then ask again; this says how:',
    command: 'oclog explain VNA1001',
  },
  'no-region': {
    head: 'The AWS CLI does not know which region to ask.',
    means: 'This tells about the shell that you typed in, and nothing about VNA.',
    next: 'Name the region that VNA uses, then ask again:',
    command: 'export AWS_DEFAULT_REGION=us-east-1',
  },
  'bad-region': {
    head: 'The AWS CLI cannot make an address of the region that it was given.',
    means:
      'A region is written as us-east-1 is: small letters, digits and hyphens, no blank. If VNA was given the same, correct it there too.',
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
