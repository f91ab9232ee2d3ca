// Draws the README's pictures of a terminal from what oclog prints about the shipped log. Run by `npm run pictures`;
// the same output gives the same bytes, which a test relies on.
import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Cell, screenOf } from '../../test/helpers/terminal.ts';

interface Picture {
  readonly name: string;
  /** What a shell would be given. */
  readonly command: string;
  readonly input?: string;
  readonly firstRows: number;
}

const LOG = 'fixtures/vna-server/log';
const CLI_MESSAGE =
  'An error occurred (SignatureDoesNotMatch) when calling the GetCallerIdentity operation: The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.\n';

export const PICTURES: readonly Picture[] = [
  { name: 'scan', command: `oclog scan --host vna-demo ${LOG}`, firstRows: 46 },
  { name: 'brief', command: `oclog scan --host vna-demo --format brief ${LOG}`, firstRows: 40 },
  {
    name: 'explain',
    command: 'aws sts get-caller-identity 2>&1 | oclog explain -',
    input: CLI_MESSAGE,
    firstRows: 30,
  },
];

const COLUMNS = 80;
const CELL = { width: 8.4, height: 18 };
const EDGE = 14;

/** `main`: the built program. The SVG of its output on a terminal of 80 columns. */
export async function draw({ command, input = '', firstRows }: Picture, main: string): Promise<string> {
  const [, words = ''] = command.split(/oclog (.*)/);
  const format = words.includes('--format') || words.startsWith('explain') ? [] : ['--format', 'pretty'];
  const { stdout } = spawnSync(
    process.execPath,
    [main, ...words.split(' '), ...format, '--color', 'always'],
    {
      encoding: 'utf8',
      input,
      env: { LANG: 'C.UTF-8', TZ: 'UTC' },
    },
  );
  const shown = `$ ${command}\n${stdout}`.replaceAll('\n', '\r\n');
  const { cells } = await screenOf(shown, { columns: COLUMNS, rows: 24 });
  const filled = cells.findLastIndex((row) => row.some(({ text }) => text !== ' ')) + 1;
  return svgOf(cells.slice(0, Math.min(filled, firstRows)), filled > firstRows);
}

function svgOf(rows: readonly (readonly Cell[])[], goesOn: boolean): string {
  const width = Math.ceil(COLUMNS * CELL.width + 2 * EDGE);
  const height = (rows.length + (goesOn ? 1 : 0)) * CELL.height + 2 * EDGE;
  const lines = rows.flatMap((row, index) => runsOf(row).map((run) => runElement(run, index)));
  const more = goesOn ? [runElement({ column: 0, text: '…', look: '' }, rows.length)] : [];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">
<style>
  rect { fill: #fff; stroke: #d0d7de }
  text { fill: #1f2328; font: 14px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; white-space: pre }
  .b { font-weight: bold } .c1 { fill: #b3111d } .c3 { fill: #7a5200 } .c4 { fill: #0550ae } .c6 { fill: #0b6a74 }
  @media (prefers-color-scheme: dark) {
    rect { fill: #0d1117; stroke: #30363d }
    text { fill: #e6edf3 } .c1 { fill: #ff7b72 } .c3 { fill: #e3b341 } .c4 { fill: #79c0ff } .c6 { fill: #56d4dd }
  }
</style>
<rect x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="8"/>
${[...lines, ...more].join('\n')}
</svg>
`;
}

interface Run {
  readonly column: number;
  readonly text: string;
  readonly look: string;
}

/** Neighbouring cells of one look; blanks end a run too, so that no font can shift a column. */
function runsOf(row: readonly Cell[]): readonly Run[] {
  const runs: Run[] = [];
  let column = 0;
  for (const { text, width, bold, color } of row) {
    const look = [bold ? 'b' : '', color === null ? '' : `c${color}`].filter(Boolean).join(' ');
    const last = runs.at(-1);
    if (last?.look === look && !last.text.endsWith('  '))
      runs[runs.length - 1] = { ...last, text: last.text + text };
    else runs.push({ column, text, look });
    column += width;
  }
  return runs.filter(({ text }) => text.trim() !== '');
}

function runElement({ column, text, look }: Run, row: number): string {
  const x = (EDGE + column * CELL.width).toFixed(1);
  const y = EDGE + (row + 1) * CELL.height - 5;
  const shown = text.trimEnd();
  const escaped = shown.replace(/[&<>]/g, (sign) => `&#${sign.codePointAt(0)};`);
  const length = (shown.length * CELL.width).toFixed(1);
  return `<text x="${x}" y="${y}" textLength="${length}"${look === '' ? '' : ` class="${look}"`}>${escaped}</text>`;
}

if (process.argv[2] !== undefined) {
  const main = process.argv[2];
  execFileSync(process.execPath, [main, '--version']);
  for (const picture of PICTURES)
    writeFileSync(join('docs/pictures', `${picture.name}.svg`), await draw(picture, main));
}
