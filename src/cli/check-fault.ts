// What a monitoring system is told of a check that failed.
import { redact } from '../findings/redact.ts';
import { KnownError } from '../lib/errors.ts';
import { nagiosText } from '../reports/nagios.ts';
import { unknownAnswer } from './check-unknown.ts';
import type { Console } from './console.ts';
import { print } from './print.ts';

class OwnFault extends KnownError {
  readonly exitStatus = 70;
}

/** Yields the exit status. */
export async function explainToMonitor(error: unknown, io: Console): Promise<number> {
  const isKnown = error instanceof KnownError;
  if (!isKnown)
    io.say(redact(`oclog: a fault of oclog itself, please report it: ${stackOf(error)}`, 'standard'));
  const fault = isKnown ? error : new OwnFault(`a fault of oclog itself, please report it: ${String(error)}`);
  await print(nagiosText(unknownAnswer(fault)), io).catch(() => undefined);
  return 3;
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
