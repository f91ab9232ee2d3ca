// What is known of the build: nothing where the program runs from its sources.

/** Set by the build, and there alone: the version that it builds. */
declare const OCLOG_BUNDLE: string | undefined;

export const BUILT_VERSION: string | null = typeof OCLOG_BUNDLE === 'undefined' ? null : OCLOG_BUNDLE;
