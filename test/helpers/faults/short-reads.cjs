// Loaded into the program under test before it starts (`node --require`): of one file each reading comes short now and then,
// as on a network file system, and the one that was asked for behind it comes late: if something else is read to the same
// place meanwhile, after that.
const fs = require('node:fs');
const { descriptorsOf } = require('./descriptors.cjs');

const { OCLOG_TEST_SHORT_READS: path } = process.env;
/** For so many turns of the event loop nothing else need be read. */
const PATIENCE = 500;
const { read, readSync } = fs;
const opened = descriptorsOf(path);
/** By the place where they put the bytes. */
const late = new Map();
let readings = 0;
let wasShort = false;

function allowed(fd, length) {
  readings += 1;
  return opened.has(fd) && readings % 3 === 0 ? Math.ceil(length / (1 + (readings % 7))) : length;
}

function holdBack(place, begin) {
  const end = () => {
    late.delete(place);
    begin();
  };
  let turns = 0;
  const wait = () => {
    turns += 1;
    if (late.get(place) !== end) return;
    if (turns < PATIENCE) setImmediate(wait);
    else end();
  };
  late.set(place, end);
  wait();
}

fs.readSync = (fd, buffer, offset, length, position) =>
  readSync(fd, buffer, offset, allowed(fd, length), position);
fs.read = (fd, buffer, offset, length, position, done) => {
  const most = allowed(fd, length);
  const place = buffer.byteOffset + offset;
  const isLate = opened.has(fd) && wasShort;
  wasShort = most < length;
  if (!isLate) {
    read(fd, buffer, offset, most, position, (...result) => {
      late.get(place)?.();
      done(...result);
    });
    return;
  }
  holdBack(place, () => {
    let count;
    try {
      count = readSync(fd, buffer, offset, most, position);
    } catch (error) {
      done(error);
      return;
    }
    done(null, count);
  });
};
