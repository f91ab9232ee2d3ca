// Tests the tests: changes one thing at a time in a copy of the project and sees whether a test fails. What survives is
// either equal in all but speed or shows a test that is missing. Too long for CI; docs/mutations.md has the figures.
// usage: npm run mutate -- [file or folder …] [--draw COUNT] [--seed NUMBER] [--again LOG]
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve, sep } from 'node:path';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { globSync } from 'tinyglobby';
import { compileKernel } from './kernel.mjs';
import { mutationsOf } from './mutations.mjs';
import { prepare } from './prepare.mjs';

const ASSEMBLY = 'src/kernel/assembly/';
/** Which tests prove a file, besides its own: by the beginning of its path, those first that kill most for their time. */
const SUITES = {
  [`${ASSEMBLY}sha256`]: ['kernel/digest'],
  [`${ASSEMBLY}known/`]: ['kernel/pieces', 'kernel/recogniser', 'kernel/same-hash', 'app/known-attacks'],
  [`${ASSEMBLY}counts`]: ['kernel/sample'],
  [`${ASSEMBLY}lines`]: ['kernel/lines'],
  [ASSEMBLY]: ['kernel/searcher'],
  'src/kernel/digest': [],
  'src/kernel/l': ['kernel/searcher'],
  'src/kernel/searcher': [],
  'src/kernel/wasm': ['kernel/module', 'kernel/digest'],
  'src/kernel/recogniser': ['kernel/recogniser', 'kernel/pieces', 'app/known-attacks'],
  'src/kernel/': ['kernel/plan', 'kernel/sample', 'kernel/module', 'kernel/byte-shares', 'kernel/searcher'],
  'src/records/level-at': [],
  'src/records/rooms': ['app/roads'],
  'src/records/candidates': ['app/roads', 'app/read-records', 'app/tail-cases', 'app/tail'],
  'src/records/': ['records/candidates', 'app/roads', 'app/tail-cases'],
  'src/app/search-for': ['app/roads'],
  'src/sources/file-bytes': ['sources/special-files', 'sources/content', 'app/read-records', 'app/roads'],
  'src/app/read-candidates': ['app/read-records', 'app/roads', 'app/parallel/scan-inputs'],
  'src/rules/': ['rules/engine', 'rules/builtin'],
  'src/': ['app/scan', 'app/tail'],
};
const WASM = ['dist/kernel.wasm', 'dist/sha256.wasm'];
const root = join(import.meta.dirname, '..');

function testsOf(file) {
  const own = file.replace(/^src\/(.*)\.ts$/, '$1');
  const [, others] = Object.entries(SUITES).find(([beginning]) => file.startsWith(beginning));
  return [...new Set([own, ...others])].filter((test) => existsSync(join(root, 'test', `${test}.test.ts`)));
}

/** The failing case need not be a small one. */
const NO_SHRINKING = `import fc from 'fast-check';
fc.configureGlobal({ endOnFailure: true });`;

/** Shares packages with the project, and nothing else. */
function copyOfProject() {
  const copy = mkdtempSync(join(tmpdir(), 'oclog-mutate-'));
  const apart = ['node_modules', '.git', 'build', 'coverage'];
  const isCopied = (path) => !apart.includes(relative(root, path).split(sep)[0]);
  cpSync(root, copy, { recursive: true, filter: isCopied });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  writeFileSync(join(copy, 'no-shrinking.mjs'), NO_SHRINKING);
  process.on('exit', () => {
    running?.kill('SIGKILL');
    rmSync(copy, { recursive: true, force: true, maxRetries: 5 });
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130));
  return copy;
}

const JEST = [
  ...['--disable-warning=ExperimentalWarning', '--experimental-vm-modules', 'node_modules/jest/bin/jest.js'],
  ...['--runInBand', '--ci', '--cacheDirectory=cache', '--reporters=<rootDir>/scripts/first-failure.cjs'],
  '--setupFiles=<rootDir>/no-shrinking.mjs',
];

let running;

async function run(copy, test, seconds) {
  const env = { ...process.env, MUTANT_SECONDS: String(seconds) };
  const stdio = ['ignore', 'pipe', 'ignore'];
  running = spawn('node', [...JEST, `--testRegex=/test/${test}\\.test\\.ts$`], { cwd: copy, env, stdio });
  const [output, [status]] = await Promise.all([text(running.stdout), once(running, 'close')]);
  return { outcome: status === 0 ? 'survived' : status === 1 ? 'killed' : 'too long', output };
}

/** Twice what each test takes at most with nothing changed, and some. */
async function limitsOf(copy, tests) {
  const limits = new Map();
  for (const test of tests) {
    const { outcome, output } = await run(copy, test, 300);
    if (outcome !== 'survived') throw new Error(`${test} fails as it is`);
    limits.set(test, 1 + 2 * Number(output));
  }
  return limits;
}

const wasmIn = (copy) => WASM.map((file) => readFileSync(join(copy, file)));

/** What kills one mutant of a file is likely to kill the next. */
const killers = new Map();

async function outcomeOf({ copy, limits, wasm }, { file, changed }) {
  const path = join(copy, file);
  const kept = readFileSync(path);
  writeFileSync(path, changed);
  try {
    if (file.startsWith(ASSEMBLY)) {
      try {
        await compileKernel('dist', copy, file === `${ASSEMBLY}sha256.ts` ? 'sha256.wasm' : 'kernel.wasm');
      } catch {
        return 'invalid';
      }
      if (wasmIn(copy).every((compiled, at) => compiled.equals(wasm[at]))) return 'equal';
    }
    const last = killers.get(file);
    for (const test of new Set([...(last ? [last] : []), ...testsOf(file)])) {
      const { outcome } = await run(copy, test, limits.get(test));
      if (outcome === 'survived') continue;
      killers.set(file, test);
      return outcome;
    }
    return 'survived';
  } finally {
    writeFileSync(path, kept);
    for (const [at, file] of WASM.entries()) writeFileSync(join(copy, file), wasm[at]);
  }
}

/** What tells a mutant though the lines above it have changed. */
const keyOf = ({ file, before, after }) => `${file}\n  - ${before}\n  + ${after}`;

/** Of what this program printed. */
function survivorsIn(log) {
  const found = log.matchAll(/^survived (\S+):\d+\n {2}- (.*)\n {2}\+ (.*)$/gm);
  return new Set(Array.from(found, ([, file, before, after]) => keyOf({ file, before, after })));
}

/** The same ones for the same seed. */
function drawn(mutants, count, seed) {
  const rankOf = (mutant) =>
    createHash('sha256')
      .update(`${seed} ${keyOf(mutant)}`)
      .digest('hex');
  const ranked = mutants.map((mutant) => ({ mutant, rank: rankOf(mutant) }));
  ranked.sort((a, b) => (a.rank < b.rank ? -1 : 1));
  return ranked.slice(0, count).map(({ mutant }) => mutant);
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    draw: { type: 'string' },
    seed: { type: 'string', default: '1' },
    again: { type: 'string' },
  },
});
prepare();
const where =
  positionals.length === 0 ? ['src/kernel'] : positionals.map((path) => relative(root, resolve(path)));
const files = globSync(
  where.map((path) => (path.endsWith('.ts') ? path : `${path}/**/*.ts`)),
  { cwd: root },
).sort();
const all = files.flatMap((file) =>
  mutationsOf(readFileSync(join(root, file), 'utf8')).map((mutation) => ({ file, ...mutation })),
);
const earlier = values.again === undefined ? null : survivorsIn(readFileSync(values.again, 'utf8'));
const possible = earlier === null ? all : all.filter((mutant) => earlier.has(keyOf(mutant)));
const chosen = values.draw === undefined ? possible : drawn(possible, Number(values.draw), values.seed);
console.log(`${chosen.length} of ${all.length} mutants of ${files.length} files`);
const copy = copyOfProject();
const limits = await limitsOf(copy, [...new Set(chosen.flatMap(({ file }) => testsOf(file)))]);
const wasm = wasmIn(copy);
const counts = {};
for (const mutant of chosen) {
  const outcome = await outcomeOf({ copy, limits, wasm }, mutant);
  counts[outcome] = (counts[outcome] ?? 0) + 1;
  const { file, line, before, after } = mutant;
  console.log(`${outcome.padEnd(8)} ${file}:${line}\n  - ${before}\n  + ${after}`);
}
console.log(
  Object.entries(counts)
    .map(([outcome, count]) => `${count} ${outcome}`)
    .join(', '),
);
