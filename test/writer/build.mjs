// Makes the Java program that writes logs for tests: Maven fetches what it is compiled against, checksums say that it is
// what it was, javac compiles. Kept outside git; made again only when something here changed.
// `node test/writer/build.mjs` makes it, `… pin` writes jars.sha256 anew after a change of pom.xml.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

const HERE = import.meta.dirname;
const CACHE = join(HERE, '..', '..', 'node_modules', '.cache', 'oclog-writer');
const PLUGIN = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1';
const SUMS = join(HERE, 'jars.sha256');
const SOURCES = ['Faults.java', 'LogFile.java', 'Writer.java'].map((name) => join(HERE, name));
// It runs briefly, beside tests; its time zone is the tests'.
const JVM = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Duser.timezone=UTC', '-Dfile.encoding=UTF-8'];

/** The command line that runs the writer, made first if need be; throws one error that says what is missing. */
export function writerCommand() {
  const jars = make('jars', [join(HERE, 'pom.xml'), SUMS], (folder) => {
    fetchJars(folder);
    checkJars(folder);
  });
  const classes = make('classes', [SUMS, ...SOURCES], (folder) =>
    run('javac', ['-nowarn', '-proc:none', '-d', folder, '-cp', join(jars, '*'), ...SOURCES]),
  );
  return {
    command: 'java',
    args: [
      ...JVM,
      '-Djava.util.logging.manager=org.jboss.logmanager.LogManager',
      '-cp',
      `${classes}:${join(jars, '*')}`,
      'Writer',
    ],
  };
}

/** A folder named for what it is made of; appears only when it is complete, so that two makers do not meet. */
function make(name, sources, fill) {
  const folder = join(CACHE, `${name}-${digest(...sources.map((path) => readFileSync(path))).slice(0, 16)}`);
  if (existsSync(folder)) return folder;
  mkdirSync(CACHE, { recursive: true });
  const making = mkdtempSync(join(CACHE, 'making-'));
  try {
    fill(making);
    renameSync(making, folder);
  } catch (error) {
    rmSync(making, { recursive: true, force: true });
    // Somebody else was faster.
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

function fetchJars(folder) {
  run('mvn', [
    '-B',
    '-q',
    '-f',
    join(HERE, 'pom.xml'),
    `${PLUGIN}:copy-dependencies`,
    `-DoutputDirectory=${folder}`,
  ]);
}

function checkJars(folder) {
  const wanted = readFileSync(SUMS, 'utf8');
  const found = sumsOf(folder);
  if (found === wanted) return;
  const lines = new Set(wanted.split('\n'));
  const wrong = found.split('\n').filter((line) => !lines.has(line));
  throw new Error(
    `the writer's jars are not those of jars.sha256; different: ${wrong.join(', ') || 'some are missing'}`,
  );
}

/** As `sha256sum *` prints it. */
function sumsOf(folder) {
  return readdirSync(folder)
    .sort()
    .map((name) => `${digest(readFileSync(join(folder, name)))}  ${name}\n`)
    .join('');
}

function digest(...contents) {
  const hash = createHash('sha256');
  for (const content of contents) hash.update(content);
  return hash.digest('hex');
}

function run(command, args) {
  const { error, status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status === 0) return;
  const why =
    error === undefined ? `${stdout}${stderr}`.trim().split('\n').slice(0, 10).join('\n') : error.message;
  throw new Error(
    'the log writer for tests cannot be made: it needs a JDK of 17 or later and Maven ' +
      `(apt-get install default-jdk-headless maven) and Maven's registry\n${command}: ${why}`,
  );
}

function pin() {
  mkdirSync(CACHE, { recursive: true });
  const folder = mkdtempSync(join(CACHE, 'making-'));
  try {
    fetchJars(folder);
    writeFileSync(SUMS, sumsOf(folder));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

if (process.argv[1] === import.meta.filename) {
  try {
    if (process.argv[2] === 'pin') pin();
    const { command, args } = writerCommand();
    console.log([command, ...args].map((word) => `'${word}'`).join(' '));
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
