// A jest reporter for `npm run mutate`, which runs tests in one process: ends with the first test that fails, or that takes
// more seconds of processor time than MUTANT_SECONDS, for a busy machine is no failure. In the end it prints the most any took.
const { Worker } = require('node:worker_threads');

const taken = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

/** In its own thread, which a loop without end does not stop. */
const WATCH = `(${({ beats, limit }) => {
  let [beat, since] = [0, 0];
  setInterval(() => {
    const { user, system } = process.cpuUsage();
    const now = (user + system) / 1e6;
    if (Atomics.load(beats, 0) !== beat) [beat, since] = [Atomics.load(beats, 0), now];
    if (now - since > limit) process.kill(process.pid, 'SIGKILL');
  }, 50);
}})(require('node:worker_threads').workerData)`;

module.exports = class {
  #beats = new Int32Array(new SharedArrayBuffer(4));
  #since = 0;
  #most = 0;

  onRunStart() {
    const workerData = { beats: this.#beats, limit: Number(process.env.MUTANT_SECONDS) };
    new Worker(WATCH, { eval: true, workerData }).unref();
  }

  onTestCaseResult(_, { status }) {
    if (status === 'failed') process.exit(1);
    const now = taken();
    this.#most = Math.max(this.#most, now - this.#since);
    this.#since = now;
    Atomics.add(this.#beats, 0, 1);
  }

  onRunComplete() {
    console.log(this.#most);
  }
};
