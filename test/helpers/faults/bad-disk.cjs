// Loaded into the program under test before it starts (`node --require`): the bytes of one file from one place to another
// cannot be read, and what is read before them comes short, as on a disk with bad sectors.
const fs = require('node:fs');
const { descriptorsOf } = require('./descriptors.cjs');

/** See `BadPart` in failing-disk.test.ts. */
const { path, from, to } = JSON.parse(process.env.OCLOG_TEST_BAD_PART);
const { read, readSync } = fs;
const opened = descriptorsOf(path);

/** How much may be read; throws where nothing can be. */
function allowed(fd, length, position) {
  if (!opened.has(fd) || position + length <= from || position >= to) return length;
  if (position < from) return from - position;
  throw Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO', syscall: 'read', errno: -5 });
}

fs.readSync = (fd, buffer, offset, length, position) =>
  readSync(fd, buffer, offset, allowed(fd, length, position), position);
fs.read = (fd, buffer, offset, length, position, done) => {
  let most = 0;
  try {
    most = allowed(fd, length, position);
  } catch (error) {
    process.nextTick(done, error);
    return;
  }
  read(fd, buffer, offset, most, position, done);
};
