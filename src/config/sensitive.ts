// What no message may show of a configuration file.

/** Lines that may hold a secret, where it does not belong or under a name that is misspelled. */
export const SENSITIVE = /pass|secret|token|key|url|auth|cookie|https?:|:[ \t]*\S{16,}/i;
