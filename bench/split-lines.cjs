// The usual way in Node: split2 and one regular expression a line.
const { createReadStream } = require('node:fs');
const split2 = require('split2');

const pattern = /Error Code: InvalidClientTokenId/;
let hits = 0;
createReadStream(process.argv[2])
  .pipe(split2())
  .on('data', (line) => {
    if (pattern.test(line)) hits += 1;
  })
  .on('end', () => console.log(hits));
