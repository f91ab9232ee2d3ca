// Formats of a check, apart from what makes them: the table of options needs their names alone.
export const CHECK_FORMATS = ['nagios', 'ndjson', 'json'] as const;
export type CheckFormat = (typeof CHECK_FORMATS)[number];
