// src -> dist: our code in parts, one file each, and a file for each package that only some runs need; all are loaded when
// they are needed. Declarations beside them; the built-in rules compiled. So a start reads few and small files, no YAML
// and no validator.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import { compileKernel } from './kernel.mjs';
import { writeNotices } from './notices.mjs';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');
const source = (name) => join(root, 'src', name);
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** Packages that most runs do without; what is in no list is small and part of our own bundles. */
const ON_DEMAND = [
  'chokidar',
  'nodemailer',
  'ora',
  'pino',
  're2js',
  'tinyglobby',
  'undici',
  'yaml',
  'yargs',
  'yauzl',
];

const common = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  // Comments and blanks go, names stay: a stack trace must tell something.
  minifyWhitespace: true,
  minifySyntax: true,
  logLevel: 'warning',
  metafile: true,
};
/** CommonJS starts faster than ES modules do, and evaluates a module when it is first asked for. */
const program = {
  ...common,
  format: 'cjs',
  supported: { 'dynamic-import': false },
  banner: { js: "const __file=require('node:url').pathToFileURL(__filename).href;" },
  define: { OCLOG_BUNDLE: JSON.stringify(version), 'import.meta.url': '__file' },
};

/**
 * Output name -> source. A part holds all it imports but other parts. What is in several of them is there several times,
 * which does no harm where a module keeps no state and its classes are told apart within one part; errors are not, and
 * what every run needs is read once.
 */
const PARTS = {
  main: 'main.ts',
  program: 'cli/program.ts',
  'command-line': 'cli/command-line.ts',
  scan: 'cli/commands/scan.ts',
  worker: 'app/parallel/worker.ts',
  tail: 'cli/commands/tail.ts',
  check: 'cli/commands/check.ts',
  alerts: 'cli/commands/alerts.ts',
  'alert-delivery': 'cli/commands/alert-delivery.ts',
  explain: 'cli/commands/explain.ts',
  rules: 'cli/commands/rules.ts',
  completion: 'cli/commands/completion.ts',
  'load-rules': 'rules/load.ts',
  'alert-config': 'config/sections.ts',
  channels: 'alerts/channels/open.ts',
  'notice-text': 'reports/notice-text.ts',
  html: 'reports/html.ts',
  errors: 'lib/errors.ts',
  redact: 'findings/redact.ts',
  secret: 'lib/secret.ts',
  library: 'index.ts',
};
const partOf = new Map(Object.entries(PARTS).map(([name, path]) => [source(path), name]));

const elsewhere = {
  name: 'elsewhere',
  setup({ onResolve }) {
    onResolve({ filter: /^[^.]/ }, ({ path, kind }) =>
      kind !== 'entry-point' && ON_DEMAND.includes(path) ? external(`packages/${path}`) : undefined,
    );
    onResolve({ filter: /^\.\.?\// }, ({ path, resolveDir, kind }) => {
      const part = kind === 'entry-point' ? undefined : partOf.get(join(resolveDir, path));
      return part === undefined ? undefined : external(part);
    });
  },
};

function external(name) {
  return { path: `./${name}.js`, external: true };
}

rmSync(dist, { recursive: true, force: true });
const built = await Promise.all([
  ...Object.entries(PARTS).map(([name, path]) =>
    build({
      ...program,
      entryPoints: [source(path)],
      outfile: join(dist, `${name}.js`),
      plugins: [elsewhere],
    }),
  ),
  ...ON_DEMAND.map((name) =>
    build({
      ...program,
      entryPoints: [name],
      outfile: join(dist, 'packages', `${name}.js`),
      // As Node does it when an ES module imports one in CommonJS: what that exports is the default.
      footer: {
        js: "if('default'in module.exports)module.exports=Object.assign(module.exports.default,module.exports);",
      },
    }),
  ),
]);
const inputs = built.flatMap(({ metafile }) => Object.keys(metafile.inputs));
writeNotices(inputs, join(dist, 'NOTICES.txt'));
// The folder above says that its files are ES modules.
writeFileSync(join(dist, 'package.json'), '{ "type": "commonjs" }\n');
await compileKernel('dist/kernel.wasm');
chmodSync(join(dist, 'main.js'), 0o755);

execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', join(root, 'src')], {
  stdio: 'inherit',
});

const compiler = join(dist, 'compile-builtin.js');
await build({ ...program, entryPoints: [source('rules/compile-builtin.ts')], outfile: compiler });
mkdirSync(join(dist, 'rules'), { recursive: true });
const { compileBuiltin } = createRequire(import.meta.url)(compiler);
await compileBuiltin(source('rules/builtin'), join(dist, 'rules', 'builtin.json'));
rmSync(compiler);
