// Loaded into the program under test before it starts (`node --require`): of one file each reading comes short now and then,
// as on a network file system.
const fs = require('node:fs');

const { OCLOG_TEST_SHORT_READS: path } = process.env;
const { openSync, read, readSync } = fs;
const opened = new Set();
let readings = 0;

fs.openSync = (name, ...rest) => {
  const fd = openSync(name, ...rest);
  if (name === path) opened.add(fd);
  return fd;
};

function allowed(fd, length) {
  readings += 1;
  return opened.has(fd) && readings % 3 === 0 ? Math.ceil(length / (1 + (readings % 7))) : length;
}

fs.readSync = (fd, buffer, offset, length, position) =>
  readSync(fd, buffer, offset, allowed(fd, length), position);
fs.read = (fd, buffer, offset, length, position, done) =>
  read(fd, buffer, offset, allowed(fd, length), position, done);
