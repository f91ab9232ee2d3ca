// How many cells of a terminal a text takes. Where terminals differ (emoji sequences, conjoined syllables) this is the
// larger number, so that a line that is said to fit does fit.

const ASCII = /^[ -~]*$/;
const NONE = /^[\p{Mn}\p{Me}\p{Cf}]$/u;
/** East Asian Wide and Fullwidth, by blocks, and what is shown as a picture. */
const WIDE =
  /^[\u1100-\u115f\u2329\u232a\u2630-\u2637\u268a-\u268f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{16fe0}-\u{18dff}\u{1aff0}-\u{1b2ff}\u{1d300}-\u{1d37f}\u{1f200}-\u{1f2ff}\u{20000}-\u{3fffd}\p{Emoji_Presentation}]$/u;

export function cellsOf(text: string): number {
  if (ASCII.test(text)) return text.length;
  let cells = 0;
  for (const character of text) cells += cellsOfOne(character);
  return cells;
}

/** The beginning of `text` that fits in `cells`, and what is left; at least one character is taken. */
export function splitAtCells(text: string, cells: number): readonly [string, string] {
  let taken = 0;
  let end = 0;
  for (const character of text) {
    taken += cellsOfOne(character);
    if (taken > cells && end > 0) break;
    end += character.length;
  }
  return [text.slice(0, end), text.slice(end)];
}

/** At most `cells` of it, an ellipsis (ASCII, as it may go anywhere) included. */
export function clip(text: string, cells: number): string {
  return cellsOf(text) <= cells ? text : `${splitAtCells(text, cells - 3)[0].trimEnd()}...`;
}

function cellsOfOne(character: string): number {
  if (NONE.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}
