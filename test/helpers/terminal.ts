// A real terminal for tests and pictures: a pseudo-terminal from util-linux's `script`, and xterm's own reading of what
// arrives there. Fed by hand: nothing here waits for time to pass.
import xterm from '@xterm/headless';
import { startProgram } from './child.ts';

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

export interface Cell {
  readonly text: string;
  /** In cells: 2 for East-Asian wide characters. */
  readonly width: number;
  readonly bold: boolean;
  /** Index of one of the sixteen colours; `null` for the terminal's own. */
  readonly color: number | null;
}

export interface Screen {
  /** Rows as shown, scrolled-off ones included, without the blanks at their ends. */
  readonly rows: readonly string[];
  /** Rows that go on from the one before because the line did not fit. */
  readonly wrapped: readonly number[];
  readonly cells: readonly (readonly Cell[])[];
  readonly cursor: { readonly row: number; readonly column: number; readonly isVisible: boolean };
}

/** What a terminal of this size shows after these bytes. */
export async function screenOf(output: string, { columns, rows }: Size): Promise<Screen> {
  const terminal = new xterm.Terminal({ cols: columns, rows, scrollback: 100_000, allowProposedApi: true });
  await new Promise<void>((resolve) => terminal.write(output, resolve));
  const buffer = terminal.buffer.active;
  const lines = Array.from({ length: buffer.length }, (_, row) => buffer.getLine(row));
  const cells = lines.map((line) =>
    Array.from({ length: columns }, (_, column) => line?.getCell(column)).flatMap((cell) =>
      cell === undefined || cell.getWidth() === 0
        ? []
        : [
            {
              text: cell.getChars() || ' ',
              width: cell.getWidth(),
              bold: cell.isBold() !== 0,
              color: cell.isFgPalette() ? cell.getFgColor() : null,
            },
          ],
    ),
  );
  const screen = {
    rows: lines.map((line) => line?.translateToString(true) ?? ''),
    wrapped: lines.flatMap((line, row) => (line?.isWrapped === true ? [row] : [])),
    cells,
    cursor: {
      row: buffer.baseY + buffer.cursorY,
      column: buffer.cursorX,
      // The last word on the cursor counts.
      isVisible: output.lastIndexOf('\x1b[?25h') >= output.lastIndexOf('\x1b[?25l'),
    },
  };
  terminal.dispose();
  return screen;
}

export interface Session {
  /** All bytes that reached the terminal so far. */
  readonly output: string;
  /** Types into the terminal: `\x03` is Ctrl-C. */
  type(keys: string): void;
  /** Once the output matches; throws with the output if the command ends before. */
  shows(pattern: RegExp): Promise<void>;
  /** The exit status of the command, or the signal that ended it. */
  readonly ended: Promise<number | string | null>;
}

/** Runs a shell command in a terminal of this size. */
export function openTerminal(
  command: string,
  { columns, rows }: Size,
  env: Readonly<Record<string, string>> = {},
): Session {
  const child = startProgram(
    'script',
    ['-qefc', `stty cols ${columns} rows ${rows}; ${command}`, '/dev/null'],
    {
      ...{ PATH: process.env['PATH'] ?? '', TERM: 'xterm-256color', LANG: 'C.UTF-8', TZ: 'UTC' },
      ...env,
    },
  );
  return {
    get output() {
      return child.said.stdout;
    },
    type: child.send,
    shows: (pattern) => child.until('stdout', pattern),
    ended: child.ended(),
  };
}
