// Patterns asked at one place of a text, or at every place behind the last hit.

/** Where the match of a sticky pattern that begins at `at` ends; 0 if there is none, or only an empty one at 0. */
export function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : 0;
}

export function isAt(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}

/** Visits the matches of a global pattern; the visitor says how far it has read, and the search goes on there. */
export function eachMatch(pattern: RegExp, text: string, visit: (match: RegExpExecArray) => number): void {
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    pattern.lastIndex = Math.max(visit(match), match.index + 1);
  }
}
