// The files that the program is made of: entries, and whatever is loaded later, by a run that needs it. A start then reads
// and compiles little.
import { readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { build } from 'esbuild';

const src = join(import.meta.dirname, '../src');
const source = (name) => join(src, name);

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

/** Output name -> source of what is started or imported by its name. */
const ENTRIES = { main: 'main.ts', worker: 'app/parallel/worker.ts', library: 'index.ts' };

/**
 * Modules that are files of their own though they are imported statically: classes by which errors and secrets are told
 * apart must be there once.
 */
const SHARED = ['lib/errors.ts', 'lib/secret.ts', 'sources/damage.ts'].map(source);

/** Modules of nothing but functions that most runs never call, by the part that the first call of any of them loads. */
const ON_CALL = {
  archive: ['sources/gauge.ts', 'sources/inflated-source.ts', 'sources/unpack.ts'],
  family: ['sources/probe.ts', 'sources/twins.ts'],
  fault: ['reports/fault-text.ts', 'reports/head.ts'],
  'file-output': ['cli/file-sinks.ts', 'sources/among-inputs.ts'],
  finding: [
    'app/judge.ts',
    'app/source-clock.ts',
    'aws/parse.ts',
    'findings/build.ts',
    'findings/redaction/secrets.ts',
    'lib/lean-heap.ts',
    'rules/conditions.ts',
  ],
  json: ['records/json-record.ts'],
  literals: ['rules/literals.ts'],
  midnights: ['app/count-midnights.ts'],
  pack: ['lib/pack.ts'],
  print: ['cli/print.ts'],
  'pool-output': ['cli/pool-output.ts'],
  'quick-check': ['cli/quick-check.ts'],
  lines: ['records/split.ts'],
  regex: ['rules/regex.ts'],
  records: ['app/open-records.ts'],
  search: ['app/open-candidates.ts', 'app/search-for.ts', 'kernel/module.ts'],
  whole: ['lib/yaml/whole.ts'],
  words: ['lib/find-zone.ts', 'lib/moment.ts', 'lib/nearest.ts'],
};
const partOnCall = new Map(
  Object.entries(ON_CALL).flatMap(([name, paths]) => paths.map((path) => [source(path), name])),
);

/** Modules of Node that are not loaded when a program starts, of which only functions are used; loaded likewise. */
const BUILT_IN_ON_CALL = [
  'node:crypto',
  'node:fs/promises',
  'node:os',
  'node:timers/promises',
  'node:v8',
  'node:zlib',
];

/** What runs for months is one file, for the others may be those of another version when it comes to need them. */
const WHOLE = ['cli/commands/tail.ts'].map(source);

/**
 * Builds everything into `dist`; returns what esbuild tells of each file. A part is an entry, a shared module, modules that
 * are loaded on call, or whatever is imported dynamically, and holds all it imports but other parts. What is in several of
 * them is there several times, which does no harm where a module keeps no state and its classes are told apart within one
 * part.
 */
export async function buildParts(options, dist) {
  const builds = new Map();

  /** The name of a part, which is built when it is first met. */
  const partOf = (path) => {
    const onCall = partOnCall.get(path);
    const name = onCall ?? relative(src, path).replace(/\.ts$/, '').replaceAll(sep, '-');
    if (!builds.has(name)) begin(name, onCall === undefined ? [path] : ON_CALL[onCall].map(source));
    return name;
  };

  const begin = (name, paths) => {
    const [only, ...others] = paths;
    const all = {
      contents: paths.map((path) => `export * from ${JSON.stringify(path)}`).join('\n'),
      resolveDir: src,
    };
    const built = build({
      ...options,
      ...(others.length === 0 ? { entryPoints: [only] } : { stdin: all }),
      outfile: join(dist, `${name}.js`),
      plugins: [elsewhere(paths, partOf)],
    });
    builds.set(name, built);
  };

  for (const [name, path] of Object.entries(ENTRIES)) begin(name, [source(path)]);
  for (const name of ON_DEMAND) builds.set(`packages/${name}`, buildPackage(options, dist, name));
  const built = [];
  // A part is met while another one is built.
  for (const one of builds.values()) built.push(await one);
  return built;
}

function buildPackage(options, dist, name) {
  return build({
    ...options,
    entryPoints: [name],
    outfile: join(dist, 'packages', `${name}.js`),
    // Some ask where they are.
    banner: { js: "const __file=require('node:url').pathToFileURL(__filename).href;" },
    define: { 'import.meta.url': '__file' },
    // As Node does it when an ES module imports one in CommonJS: what that exports is the default.
    footer: {
      js: "if('default'in module.exports)module.exports=Object.assign(module.exports.default,module.exports);",
    },
  });
}

/** Leaves out of a part of these sources what belongs to others. */
function elsewhere(paths, partOf) {
  const isWhole = paths.some((path) => WHOLE.includes(path));
  return {
    name: 'elsewhere',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^[^.]/ }, ({ path, kind }) =>
        kind !== 'entry-point' && ON_DEMAND.includes(path) ? external(`packages/${path}`) : undefined,
      );
      onResolve({ filter: /^\.\.?\// }, ({ path, resolveDir, kind }) => {
        const target = join(resolveDir, path);
        if (paths.includes(target)) return undefined;
        if (SHARED.includes(target)) return external(partOf(target));
        if (isWhole) return undefined;
        if (kind === 'dynamic-import') return external(partOf(target));
        return partOnCall.has(target) ? { path: target, namespace: 'call' } : undefined;
      });
      onResolve({ filter: /^node:/ }, ({ path, kind }) =>
        kind === 'import-statement' && BUILT_IN_ON_CALL.includes(path)
          ? { path, namespace: 'built-in' }
          : undefined,
      );
      onResolve({ filter: /./, namespace: 'call' }, ({ path }) => ({ path, external: true }));
      onLoad({ filter: /./, namespace: 'call' }, ({ path }) => ({
        contents: standIns(exportsOf(path), `./${partOf(path)}.js`),
      }));
      onLoad({ filter: /./, namespace: 'built-in' }, async ({ path }) => ({
        contents: standIns(functionsOf(await import(path)), path),
      }));
    },
  };
}

function external(name) {
  return { path: `./${name}.js`, external: true };
}

/** Functions that load the module when one of them is first called. */
function standIns(names, path) {
  const functions = names.map(
    (name) => `export function ${name}(...args){return(loaded??=require('${path}')).${name}(...args)}`,
  );
  return ['let loaded;', ...functions].join('\n');
}

/** Throws where a module exports more than functions and types. */
function exportsOf(path) {
  const exported = [...readFileSync(path, 'utf8').matchAll(/^export (?!type |interface )(.+)/gm)];
  return exported.map(([, declaration]) => {
    const name = /^(?:async )?function\*? (\w+)/.exec(declaration)?.[1];
    if (name === undefined) throw new Error(`${path} cannot be loaded on call: it exports ${declaration}`);
    return name;
  });
}

function functionsOf(exported) {
  return Object.keys(exported).filter((name) => name !== 'default' && typeof exported[name] === 'function');
}
