// What the outbox and a channel agree on.
import type { Advice } from '../../findings/finding.ts';
import type { Incident, Notice } from '../alert.ts';

/** A notice in words; each line is clean of control characters and redacted, none is escaped for any medium yet. */
export interface NoticeText {
  /** One line that can stand alone: what is wrong where, how bad, how often. */
  readonly headline: string;
  /** Of all of it: label and value. */
  readonly facts: readonly (readonly [label: string, value: string])[];
  /** One a fault. */
  readonly faults: readonly string[];
  readonly fixes: readonly Fix[];
  /** Other remarks, each a sentence. */
  readonly remarks: readonly string[];
}

/** What to do about the faults of one code and variant. */
export interface Fix {
  readonly title: string;
  readonly summary: string;
  readonly why: string;
  readonly steps: readonly FixLine[];
  readonly verify: readonly FixLine[];
  readonly links: readonly { readonly title: string; readonly url: string }[];
  /** The command that tells more. */
  readonly more: string;
}

export type FixLine =
  | { readonly text: string }
  /** To be copied as it stands. */
  | { readonly command: string };

export interface Message {
  readonly notice: Notice;
  readonly text: NoticeText;
}

export type Outcome =
  /** `detail`: what went wrong all the same. */
  | { readonly kind: 'sent'; readonly detail?: string }
  /** It would be refused again. */
  | { readonly kind: 'refused'; readonly detail: string }
  /** It may work another time. */
  | {
      readonly kind: 'failed';
      readonly detail: string;
      /** When to try again, if the other side said so. */
      readonly retryAfterMs: number | null;
      /** Whether nothing else would pass now, either. */
      readonly isDown: boolean;
    };

export type AdviceOf = (incident: Incident) => Advice | undefined;

export interface Channel {
  /** What it throws is a failure that may be over another time. `signal` ends the try. */
  send(message: Message, signal: AbortSignal): Promise<Outcome>;
  /** Where the other side forgets what is not said again: the faults that are open and were told of. */
  refresh?(incidents: readonly Incident[], adviceOf: AdviceOf, signal: AbortSignal): Promise<Outcome>;
  close(): Promise<void>;
}

export const SENT: Outcome = { kind: 'sent' };
