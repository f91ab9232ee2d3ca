// Loaded into the program under test before it starts (`node --import`): numbers every operation that changes something
// outside of the process, and at the one that is asked for kills the process, or has the system refuse it.
import childProcess from 'node:child_process';
import fs from 'node:fs';
import fsPromises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

/** See `Fault` in run.ts. */
const { mode, at, code, isLasting, list, noFile } = JSON.parse(process.env.OCLOG_TEST_FAULT ?? '{}');
const names = [];
const { writeFileSync } = fs;

function die() {
  process.kill(process.pid, 'SIGKILL');
}

function refusal(name) {
  return Object.assign(new Error(`${code}: refused by the test, ${name}`), {
    code,
    syscall: name,
    errno: -1,
  });
}

/** A full disk still lets go of files, and moves them. */
const NEEDS_NO_SPACE = /^(?:rm|unlink|rename)/;

function isRefused(name, index) {
  // Channels work beside each other, so that one of these may come where an operation on a file did.
  if (mode !== 'error' || new RegExp(noFile).test(name)) return false;
  if (!isLasting) return index === at;
  return index >= at && (code === 'EIO' || !NEEDS_NO_SPACE.test(name));
}

/** Yields what is to be done instead of the operation; `half` writes the first half. */
function meet(name, half) {
  const index = names.push(name) - 1;
  if (isRefused(name, index)) return 'refuse';
  if (index !== at) return 'pass';
  if (mode === 'kill before') die();
  if (mode === 'kill half') return half ? 'half' : 'pass';
  return mode === 'kill after' ? 'kill after' : 'pass';
}

function wrapAsync(object, name, { label = name, half = null, counts = () => true } = {}) {
  const original = object[name];
  object[name] = async function (...args) {
    if (!counts(args)) return original.apply(this, args);
    const what = meet(label, half !== null);
    if (what === 'refuse') throw refusal(label);
    if (what === 'half') {
      await original.apply(this, half(args));
      die();
    }
    const result = await original.apply(this, args);
    if (what === 'kill after') die();
    return result;
  };
}

function wrapSync(object, name, { half = null, counts = () => true } = {}) {
  const original = object[name];
  object[name] = function (...args) {
    if (!counts(args)) return original.apply(this, args);
    const what = meet(name, half !== null);
    if (what === 'refuse') throw refusal(name);
    if (what === 'half') {
      original.apply(this, half(args));
      die();
    }
    const result = original.apply(this, args);
    if (what === 'kill after') die();
    return result;
  };
}

const halfOf = (data) => data.slice(0, data.length >> 1);
const halfAt = (index) => (args) => args.map((arg, at) => (at === index ? halfOf(arg) : arg));
const writes = ([, flags]) =>
  typeof flags === 'string'
    ? /[wa+]/.test(flags)
    : (flags & (fs.constants.O_WRONLY | fs.constants.O_RDWR)) !== 0;

const probe = await fsPromises.open(import.meta.filename);
const handles = Object.getPrototypeOf(probe);
await probe.close();

if (mode !== undefined) {
  wrapAsync(handles, 'writeFile', { label: 'handle.writeFile', half: halfAt(0) });
  wrapAsync(handles, 'sync', { label: 'handle.sync' });
  wrapAsync(handles, 'truncate', { label: 'handle.truncate' });
  wrapAsync(fsPromises, 'writeFile', { half: halfAt(1) });
  wrapAsync(fsPromises, 'open', { counts: writes });
  for (const name of ['link', 'rename', 'rm', 'unlink', 'mkdir']) wrapAsync(fsPromises, name);
  wrapSync(fs, 'writeFileSync', { half: halfAt(1) });
  wrapSync(fs, 'openSync', { counts: writes });
  for (const name of ['linkSync', 'renameSync', 'rmSync', 'unlinkSync', 'mkdirSync']) wrapSync(fs, name);
  wrapSync(childProcess, 'spawn');
  wrapSync(net.Socket.prototype, 'connect');
  for (const name of ['write', 'end']) wrapWrite(net.Socket.prototype, name);
  syncBuiltinESMExports();
}

/** Of standard output, and of channels. */
function wrapWrite(sockets, name) {
  const original = sockets[name];
  sockets[name] = function (chunk, ...rest) {
    const isData = typeof chunk === 'string' || Buffer.isBuffer(chunk);
    if (!isData || this === process.stderr) return original.call(this, chunk, ...rest);
    const what = meet(this === process.stdout ? 'stdout' : 'socket', true);
    if (what === 'refuse') return refuseWrite(this, rest);
    const result = original.call(this, what === 'half' ? halfOf(chunk) : chunk, ...rest);
    if (what === 'half' || what === 'kill after') die();
    return result;
  };
}

function refuseWrite(socket, rest) {
  const callback = rest.find((one) => typeof one === 'function');
  const error = refusal('write');
  process.nextTick(() => (callback === undefined ? socket.destroy(error) : callback(error)));
  return false;
}

if (mode === 'list') process.on('exit', () => writeFileSync(list, JSON.stringify(names)));
