// Loaded into the program under test: which descriptors are those of one file, as it opens them.
const fs = require('node:fs');

exports.descriptorsOf = (path) => {
  const { openSync } = fs;
  const opened = new Set();
  fs.openSync = (name, ...rest) => {
    const fd = openSync(name, ...rest);
    if (name === path) opened.add(fd);
    return fd;
  };
  return opened;
};
