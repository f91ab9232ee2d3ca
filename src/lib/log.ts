// oclog's own log: JSON lines on standard error, for whoever looks into oclog itself. Silent unless asked for, and
// then the one place that loads pino.

export const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
}

const SILENT: Log = { debug: () => undefined, info: () => undefined };

export async function openLog(level: LogLevel): Promise<Log> {
  if (level === 'silent') return SILENT;
  const { pino } = await import('pino');
  // Not pino's own destination: that throws where standard error is full or closed.
  process.stderr.on('error', () => undefined);
  const logger: Log = pino({ name: 'oclog', level }, process.stderr);
  return logger;
}
