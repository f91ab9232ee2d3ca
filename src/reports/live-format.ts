// The formats of findings as they happen, apart from what prints them: the command line names them at every start.

export const LIVE_FORMATS = ['pretty', 'text', 'brief', 'ndjson'] as const;
export type LiveFormat = (typeof LIVE_FORMATS)[number];
