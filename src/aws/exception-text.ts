// Prepares a record for the layouts of the AWS SDKs: without stack frames and suppressed exceptions, which
// name classes and codes that did not decide anything, and folded to one line, since logs and tickets break
// the text at any blank.

const FRAME =
  /^\s*at\s+\S[^(]{0,1000}\s?\((?:[^()]{0,300}|Native Method|Unknown Source)\)(?:\s+~?\[[^\]]{0,300}\])?\s*$/;
const CUT_FRAME = /^\s*at\s+(?:[\w$@.-]+\/\/?){0,3}[\w$]+(?:\.[\w$<>]+){2,}$/;
const OMITTED = /^\s*\.\.\. \d+ (?:more|common frames omitted)\s*$/;
/** Tabs, or the blanks that tickets make of them. */
const SUPPRESSED = /^([ \t]+)Suppressed: /;
const CAUSE = /^([ \t]*)Caused by: /;

/** The words of the exception chain on one line, in the order of the chain. */
export function foldChain(text: string): string {
  const kept: string[] = [];
  let suppressedDepth = 0;
  for (const line of text.split('\n')) {
    if (suppressedDepth > 0) {
      const cause = CAUSE.exec(line);
      if (cause === null || (cause[1] ?? '').length >= suppressedDepth) continue;
      suppressedDepth = 0;
    }
    const suppressed = SUPPRESSED.exec(line);
    if (suppressed !== null) suppressedDepth = (suppressed[1] ?? '').length;
    else if (!isFrame(line)) kept.push(line);
  }
  return kept
    .join(' ')
    .replace(/[\s\0]+/g, ' ')
    .trim();
}

function isFrame(line: string): boolean {
  const start = line.trimStart();
  if (start.startsWith('... ')) return OMITTED.test(line);
  return start.startsWith('at ') && !line.includes('Service: ') && (FRAME.test(line) || CUT_FRAME.test(line));
}
