// A program of the administrator's: the notice as JSON on its standard input. Whatever it ends with but 0 is tried again.
import type { Channel } from './channel.ts';
import { payloadOf } from './payload.ts';
import { runProgram } from './run-program.ts';
import type { CommandSettings } from './settings.ts';

export function openCommand({ run }: CommandSettings): Channel {
  return {
    send: (message, signal) => runProgram(run, `${payloadOf(message)}\n`, signal),
    async close() {
      // Nothing stays open between two notices.
    },
  };
}
