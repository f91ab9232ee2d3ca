// Speed of the byte kernel alone, by number of literals: over bytes in the cache, and over a file of 1 GiB. CPU time, the
// best of several passes, so that a shared machine disturbs little. An argument names another file.
import { closeSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSearcher, type Searcher } from '../src/kernel/searcher.ts';
import { makeLog } from './logs.ts';

const GIB = 1024 ** 3;
const IN_CACHE = 256 * 1024;
const PASSES = 5;
const LITERALS =
  'InvalidClientTokenId SignatureDoesNotMatch UnauthorizedOperation UnrecognizedClientException ExpiredToken AuthFailure RequestLimitExceeded OptInRequired UnknownHostException SSLHandshakeException ThrottlingException SocketTimeoutException ConnectException NoSuchBucket NoHttpResponseException MissingAuthenticationToken'.split(
    ' ',
  );

function cpuMilliseconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function bestOf(work: () => void): number {
  return Math.min(...Array.from({ length: PASSES }, () => cpuMilliseconds(work)));
}

function searchFile(searcher: Searcher, file: number): number {
  const { memory, inputAt, inputSize } = searcher;
  let size = 0;
  for (;;) {
    const read = readSync(file, memory, inputAt, inputSize, size);
    if (read === 0) return size;
    size += read;
    for (let at = inputAt; at < inputAt + read; ) at = searcher.search(at, inputAt + read).stoppedAt;
  }
}

const folder = mkdtempSync(join(tmpdir(), 'oclog-bench-'));
try {
  const path = process.argv[2] ?? join(folder, 'oc.log');
  if (process.argv[2] === undefined) makeLog(path, GIB);
  const file = openSync(path, 'r');
  const sample = Buffer.alloc(65536);
  readSync(file, sample, 0, sample.length, 0);
  console.log('literals  create ms  in cache GB/s  file GB/s');
  for (const count of [1, 3, 10, 16]) {
    const started = performance.now();
    const searcher = createSearcher(LITERALS.slice(0, count), sample);
    const created = performance.now() - started;
    let size = 0;
    const whole = bestOf(() => {
      size = searchFile(searcher, file);
    });
    readSync(file, searcher.memory, searcher.inputAt, IN_CACHE, 0);
    const cached = bestOf(() => {
      for (let at = 0; at < GIB; at += IN_CACHE)
        searcher.search(searcher.inputAt, searcher.inputAt + IN_CACHE);
    });
    const speeds = [GIB / cached / 1e6, size / whole / 1e6].map((speed) => speed.toFixed(1));
    console.log([count, created.toFixed(1), ...speeds].join('\t'));
  }
  closeSync(file);
} finally {
  rmSync(folder, { recursive: true });
}
