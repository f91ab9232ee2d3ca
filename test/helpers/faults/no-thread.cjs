// Loaded into the program under test before it starts (`node --require`): whenever a thread is started no descriptor is left,
// until it has ended. To be used with a low limit.
const fs = require('node:fs');
const threads = require('node:worker_threads');

const { Worker } = threads;

function takeAll() {
  const taken = [];
  for (;;) {
    try {
      taken.push(fs.openSync('/dev/null'));
    } catch {
      return taken;
    }
  }
}

threads.Worker = class extends Worker {
  constructor(...given) {
    const taken = takeAll();
    super(...given);
    this.on('exit', () => {
      fs.writeSync(2, 'a thread ended\n');
      for (const fd of taken) fs.closeSync(fd);
    });
  }
};
