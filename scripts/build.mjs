// src -> dist: compiles the code and the kernel, then the built-in rules, so that no YAML is read at start.
import { execFileSync } from 'node:child_process';
import { chmodSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { compileKernel } from './kernel.mjs';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

rmSync(dist, { recursive: true, force: true });
execFileSync(
  process.execPath,
  [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', join(root, 'src')],
  {
    stdio: 'inherit',
  },
);
await compileKernel('dist/kernel.wasm');
const { compileBuiltin } = await import(join(dist, 'rules', 'compile-builtin.js'));
await compileBuiltin(join(root, 'src', 'rules', 'builtin'), join(dist, 'rules', 'builtin.json'));
chmodSync(join(dist, 'main.js'), 0o755);
