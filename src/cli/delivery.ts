// Where what a tail finds and says goes: standard output, a file, the journal; and when it is confirmed.
import type { TailEvent } from '../app/tail.ts';
import type { MessageEvent } from '../app/tail-messages.ts';
import { guard } from '../findings/redact.ts';
import { SinkError } from '../lib/errors.ts';
import { confirmOn, NO_CONFIRMATION } from './confirm.ts';
import { type Console, fitterFor } from './console.ts';
import { isJournal, prioritised, priorityOf } from './journal.ts';
import type { Note } from './live-notes.ts';
import { ClosedPipe, Output } from './output.ts';
import type { ReloadWords } from './reload.ts';
import type { TailRun } from './tail-run.ts';

export interface Delivery extends ReloadWords {
  ready(): Promise<void>;
  /** Resolves when the text has been delivered, and confirmed where that is asked for. */
  deliver(event: TailEvent | MessageEvent, text: string): Promise<void>;
  note(note: Note): void;
}

type Plan = Pick<TailRun, 'output' | 'confirm' | 'quiet'>;

/** Throws `SinkError` where the file cannot be written. */
export async function openDelivery(plan: Plan, io: Console): Promise<Delivery> {
  const stream = plan.confirm ? io.stderr : io.stdout;
  const output =
    plan.output === null
      ? Output.toStream(stream, fitterFor(stream, io.env))
      : await Output.toAppended(plan.output);
  const isFiled = plan.output === null && isJournal(io.env, stream);
  const areNotesFiled = isJournal(io.env, io.stderr);
  const confirmation = plan.confirm ? confirmOn(io.stdout) : NO_CONFIRMATION;
  const say = ({ message, priority }: Note): void =>
    io.say(areNotesFiled ? prioritised(message, priority) : message);
  const note = (one: Note): void => {
    if (!plan.quiet) say(one);
  };
  return {
    ready: () => confirmation.ready(),
    deliver: async (event, text) => {
      const isMarked = isFiled && (event.type === 'finding' || event.type === 'event');
      // Guarded before it is marked: marks between the lines of a secret would hide it.
      const shown = isMarked ? prioritised(guard(text), priorityOf(event)) : text;
      // At once: whoever follows a log waits for it.
      await put(output, shown, plan);
      await confirmation.observe(event);
    },
    note,
    done: (message) => note({ message, priority: 6 }),
    failed: (message) => say({ message, priority: 3 }),
  };
}

async function put(output: Output, text: string, { confirm }: Plan): Promise<void> {
  try {
    await output.write(text);
    await output.flush();
  } catch (error) {
    // Nobody would know of the finding: no end in peace, its message is to come again.
    if (confirm && error instanceof ClosedPipe)
      throw new SinkError('standard error could not be written: it is closed', { cause: error });
    throw error;
  }
}
