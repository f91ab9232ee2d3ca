// What a shell prints when someone tests a key there and AWS did not refuse: it tells about that shell, or that the key is
// good, and nothing about VNA. For texts that people paste.

/** `root-key` and `permanent-key`: AWS accepts the pair; `temporary-key`: it does, and VNA could not use it. */
export type CliOutcome = 'permanent-key' | 'root-key' | 'temporary-key' | 'no-key' | 'no-region' | 'no-cli';

/** In this order: an answer outweighs a complaint about an earlier command. */
const OUTCOMES: readonly (readonly [CliOutcome, RegExp])[] = [
  [
    'temporary-key',
    /"?Arn"?\s*[:=]?\s*"?arn:aws[a-z-]{0,16}:sts:[^:\s]{0,32}:\d{0,12}:(?:assumed-role|federated-user)\//i,
  ],
  ['permanent-key', /"?Arn"?\s*[:=]?\s*"?arn:aws[a-z-]{0,16}:iam:[^:\s]{0,32}:\d{0,12}:user\//i],
  ['root-key', /"?Arn"?\s*[:=]?\s*"?arn:aws[a-z-]{0,16}:iam:[^:\s]{0,32}:\d{0,12}:root\b/i],
  ['no-key', /Unable to locate credentials|Partial credentials found in/],
  ['no-region', /You must specify a region/],
  [
    'no-cli',
    /\baws: (?:command )?not found|\baws: No such file or directory|(?:unknown command|command not found): aws\b/i,
  ],
];

export function recogniseOutcome(text: string): CliOutcome | null {
  return OUTCOMES.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
}
