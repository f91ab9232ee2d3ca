// What a shell prints when someone tests a key there and AWS did not refuse: it tells about that shell, or that the key is
// good, and nothing about VNA. For texts that people paste.

/** `root-key` and `permanent-key`: AWS accepts the pair; `temporary-key`: it does, and VNA could not use it. */
export type CliOutcome =
  | 'permanent-key'
  | 'root-key'
  | 'temporary-key'
  | 'may-read'
  | 'no-key'
  | 'half-key'
  | 'broken-key'
  | 'no-profile'
  | 'sso-profile'
  | 'no-region'
  | 'bad-region'
  | 'no-cli';

/** In this order: an answer outweighs a complaint about an earlier command. */
const OUTCOMES: readonly (readonly [CliOutcome, RegExp])[] = [
  [
    'temporary-key',
    /"?Arn"?\s*[:=]?\s*"?arn:aws[a-z-]{0,16}:sts:[^:\s]{0,32}:\d{0,12}:(?:assumed-role|federated-user)\//i,
  ],
  ['permanent-key', /"?Arn"?\s*[:=]?\s*"?arn:aws[a-z-]{0,16}:iam:[^:\s]{0,32}:\d{0,12}:user\//i],
  ['root-key', /"?Arn"?\s*[:=]?\s*"?arn:aws[a-z-]{0,16}:iam:[^:\s]{0,32}:\d{0,12}:root\b/i],
  ['may-read', /"Reservations"\s{0,20}:\s{0,20}\[/],
  ['half-key', /Partial credentials found in/],
  ['broken-key', /Invalid header value b?['"]AWS4-HMAC-SHA256 /],
  ['no-profile', /The config profile \([^\n]{0,200}\) could not be found/],
  [
    'sso-profile',
    /Error loading SSO Token|The SSO session associated with this profile|Error when retrieving token from sso|Token has expired and refresh failed/,
  ],
  ['no-key', /Unable to locate credentials/],
  ['no-region', /You must specify a region/],
  [
    'bad-region',
    /Provided region_name [^\n]{0,200} doesn't match a supported format|Invalid endpoint: https?:/,
  ],
  [
    'no-cli',
    /\baws: (?:command )?not found|\baws: No such file or directory|(?:unknown command|command not found): aws\b/i,
  ],
];

export function recogniseOutcome(text: string): CliOutcome | null {
  return OUTCOMES.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
}
