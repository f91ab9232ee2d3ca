// rsyslog's omprog protocol, see its confirmMessages: a line OK when the program is ready, and one for each message that
// it has dealt with. A message without its OK comes again.
import type { Console } from './console.ts';
import { Output } from './output.ts';

export interface Confirmation {
  ready(): Promise<void>;
  observe(event: { readonly type: string }): Promise<void>;
}

export const NO_CONFIRMATION: Confirmation = {
  ready: async () => undefined,
  observe: async () => undefined,
};

export function confirmOn(stdout: Console['stdout']): Confirmation {
  const output = Output.toStream(stdout, (text) => text);
  const ok = async (): Promise<void> => {
    await output.write('OK\n');
    await output.flush();
  };
  return {
    ready: ok,
    observe: async ({ type }) => {
      if (type === 'taken') await ok();
    },
  };
}
