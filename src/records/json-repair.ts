// Closes a JSON text that was cut at any place, so that the part within the record limits can be read.

/** What is known of the text up to some place. */
interface Progress {
  /** Closing brackets still owed, innermost last. */
  readonly owed: string[];
  expectsKey: boolean;
  /** Where the last complete value ended, and how many brackets were owed there. */
  safeEnd: number;
  safeDepth: number;
}

/** A complete JSON text that holds what `cut`, the beginning of one, holds; string values keep their beginning. */
export function closeJson(cut: string): string {
  const progress: Progress = { owed: [], expectsKey: false, safeEnd: 0, safeDepth: 0 };
  let at = 0;
  while (at < cut.length) {
    if (cut.charAt(at) !== '"') {
      punctuate(progress, cut.charAt(at), at);
      at += 1;
      continue;
    }
    const end = endOfString(cut, at);
    // A cut key says nothing; a cut value is worth its beginning.
    if (end < 0) return progress.expectsKey ? closeAtSafeEnd(cut, progress) : closeString(cut, progress);
    if (!progress.expectsKey) markSafe(progress, end);
    at = end;
  }
  return closeAtSafeEnd(cut, progress);
}

function punctuate(progress: Progress, char: string, at: number): void {
  switch (char) {
    case '{':
    case '[':
      progress.owed.push(char === '{' ? '}' : ']');
      progress.expectsKey = char === '{';
      markSafe(progress, at + 1);
      break;
    case '}':
    case ']':
      progress.owed.pop();
      progress.expectsKey = false;
      markSafe(progress, at + 1);
      break;
    case ',':
      // What stands before a comma is complete, numbers and literals too.
      progress.expectsKey = progress.owed.at(-1) === '}';
      markSafe(progress, at);
      break;
    case ':':
      progress.expectsKey = false;
  }
}

function markSafe(progress: Progress, end: number): void {
  progress.safeEnd = end;
  progress.safeDepth = progress.owed.length;
}

function closeAtSafeEnd(cut: string, progress: Progress): string {
  return cut.slice(0, progress.safeEnd) + progress.owed.slice(0, progress.safeDepth).reverse().join('');
}

function closeString(cut: string, progress: Progress): string {
  return `${withoutHalfEscape(cut)}"${[...progress.owed].reverse().join('')}`;
}

/** A half escape (`\`, `\u00`) at the very end would swallow the closing quote. */
function withoutHalfEscape(cut: string): string {
  const tail = /\\(?:u[0-9A-Fa-f]{0,3})?$/.exec(cut.slice(-6));
  if (tail === null) return cut;
  const escapeAt = cut.length - tail[0].length;
  let backslashes = 0;
  while (cut.charAt(escapeAt - backslashes - 1) === '\\') backslashes += 1;
  return backslashes % 2 === 0 ? cut.slice(0, escapeAt) : cut;
}

/** Index behind the closing quote of the string that opens at `start`; -1 if the text ends before it. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x5c) at += 1;
    else if (code === 0x22) return at + 1;
  }
  return -1;
}
