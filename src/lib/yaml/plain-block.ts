// Texts over several lines in plain YAML: behind `|`, line by line, or behind `>`, one paragraph.

const HEADER = /^([|>])(-?) *$/;

/** Whether this is the header of such a text. */
export function beginsBlock(content: string): boolean {
  return /^[|>]/.test(content);
}

/** The text below its header, and the line behind it; `null` where it is not plain. */
export function blockText(
  lines: readonly string[],
  from: number,
  parent: number,
  content: string,
): { readonly text: string; readonly end: number } | null {
  const [header, style, chomping] = HEADER.exec(content) ?? [];
  const first = lines[from] ?? '';
  const indent = first.search(/[^ ]/);
  if (header === undefined || indent <= parent) return null;
  let end = from;
  while (end < lines.length && isOf(lines[end] ?? '', indent)) end += 1;
  const texts = lines.slice(from, end).map((line) => line.slice(indent));
  while (texts.at(-1) === '') texts.pop();
  // Blanks at the end of a line, and lines farther in, are folded in ways of their own.
  if (style === '>' && texts.some((text) => /^(?:[ \t]|$)|[ \t]$/.test(text))) return null;
  if (lines.slice(from, end).some((line) => /^[ \t]+$/.test(line))) return null;
  const text = texts.join(style === '>' ? ' ' : '\n');
  return { text: chomping === '-' ? text : `${text}\n`, end };
}

function isOf(line: string, indent: number): boolean {
  return /^ *$/.test(line) || line.search(/[^ ]/) >= indent;
}
