// src -> dist: our code and the packages in it, in parts that are loaded when they are needed (parts.mjs); declarations
// beside them; the built-in rules compiled. So a start reads few and small files, no YAML and no validator.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import { compileKernel } from './kernel.mjs';
import { writeNotices } from './notices.mjs';
import { buildParts } from './parts.mjs';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');
const source = (name) => join(root, 'src', name);
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** CommonJS starts faster than ES modules do, and evaluates a module when it is first asked for. */
const program = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'cjs',
  supported: { 'dynamic-import': false },
  define: { OCLOG_BUNDLE: JSON.stringify(version), 'import.meta.dirname': '__dirname' },
  // Comments and blanks go, names stay: a stack trace must tell something.
  minifyWhitespace: true,
  minifySyntax: true,
  logLevel: 'warning',
  metafile: true,
};

rmSync(dist, { recursive: true, force: true });
const built = await buildParts(program, dist);
const inputs = built.flatMap(({ metafile }) => Object.keys(metafile.inputs));
writeNotices(inputs, join(dist, 'NOTICES.txt'));
// The folder above says that its files are ES modules.
writeFileSync(join(dist, 'package.json'), '{ "type": "commonjs" }\n');
await compileKernel('dist');
chmodSync(join(dist, 'main.js'), 0o755);

execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', join(root, 'src')], {
  stdio: 'inherit',
});

const compiler = join(dist, 'compile-builtin.js');
await build({ ...program, entryPoints: [source('rules/compile-builtin.ts')], outfile: compiler });
mkdirSync(join(dist, 'rules'), { recursive: true });
const { compileBuiltin } = createRequire(import.meta.url)(compiler);
await compileBuiltin(source('rules/builtin'), join(dist, 'rules'));
rmSync(compiler);
