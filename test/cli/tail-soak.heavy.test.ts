// The real program over a busy log that is rotated every few seconds in every way: nothing it holds may grow, and every
// finding comes once. `OCLOG_SOAK_MINUTES` says how long.
import { spawn } from 'node:child_process';
import {
  appendFileSync,
  copyFileSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import type { Finding } from '../../src/findings/finding.ts';
import type { FollowEvent } from '../../src/lib/follow-event.ts';
import { V1_LAYOUTS } from '../helpers/aws-layouts.ts';
import { MAIN } from '../helpers/cli.ts';
import { tempFolder } from '../helpers/sources.ts';
import { cleanLog, recordAt } from '../helpers/vna-log.ts';

const MINUTES = Number(process.env['OCLOG_SOAK_MINUTES'] ?? 30);
const ROTATE_MS = 3000;
const MIB = 1024;
/** Rotated logs are held open for their writers, so many at most. */
const MOST_HELD = 16;

const MESSAGE = V1_LAYOUTS['A']?.({
  code: 'InvalidClientTokenId',
  message: 'The security token included in the request is invalid.',
  status: 403,
  v1: 'AmazonIdentityManagement',
  v2: 'Iam',
  v1Class: 'com.amazonaws.services.identitymanagement.model.AmazonIdentityManagementException',
  v2Class: 'software.amazon.awssdk.services.iam.model.IamException',
  requestId: '74aa7f8a-f557-11e7-850c-33d05b3658d7',
});
const FRAMES =
  '\n\tat com.amazonaws.http.AmazonHttpClient$RequestExecutor.execute(AmazonHttpClient.java:1879)';
const ORDINARY = cleanLog({ seed: 7, lines: 200 });

type Rotation = (log: string) => void;

function shift(log: string, suffix: string): string {
  for (let index = 4; index > 0; index -= 1) {
    if (readdirSync(join(log, '..')).includes(`oc.log.${index}${suffix}`))
      renameSync(`${log}.${index}${suffix}`, `${log}.${index + 1}${suffix}`);
  }
  return `${log}.1${suffix}`;
}

const ROTATIONS: readonly Rotation[] = [
  (log) => renameSync(log, shift(log, '')),
  (log) => {
    writeFileSync(shift(log, '.gz'), gzipSync(readFileSync(log)));
    rmSync(log);
  },
  (log) => {
    copyFileSync(log, shift(log, ''));
    truncateSync(log);
  },
  (log) => rmSync(log),
];

interface Usage {
  readonly descriptors: number;
  readonly watches: number;
  readonly kib: number;
}

function usageOf(pid: number): Usage {
  const infos = readdirSync(`/proc/${pid}/fdinfo`).map((fd) => {
    try {
      return readFileSync(`/proc/${pid}/fdinfo/${fd}`, 'utf8');
    } catch {
      return '';
    }
  });
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return {
    descriptors: infos.length,
    watches: infos.join('\n').match(/^inotify wd:/gm)?.length ?? 0,
    kib: Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]),
  };
}

function write(log: string, number: number): void {
  const record = recordAt(
    new Date(),
    'ERROR',
    'AWS_PLUGIN',
    `task-${number}`,
    `AWSPluginConfigHandler: Failed: ${MESSAGE}${number % 2 === 0 ? FRAMES : ''}`,
  );
  // In two writes, as a record over 8 KiB is.
  appendFileSync(log, record.slice(0, 100));
  appendFileSync(log, `${record.slice(100)}${number % 7 === 0 ? ORDINARY : ''}`);
}

test(
  `tail over ${MINUTES} minutes of writing and rotating`,
  async () => {
    const folder = tempFolder();
    const log = folder.write('oc.log', ORDINARY);
    const child = spawn(process.execPath, [MAIN, 'tail', '--format', 'ndjson', log], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    try {
      const counts = new Map<string, number>();
      const events: string[] = [];
      const following = new Promise<void>((resolve) => {
        createInterface({ input: child.stdout }).on('line', (line) => {
          const item = JSON.parse(line) as Finding | FollowEvent;
          if (item.type === 'finding')
            counts.set(item.record.thread ?? '', (counts.get(item.record.thread ?? '') ?? 0) + 1);
          else if (item.event === 'following') resolve();
          else events.push(item.event);
        });
      });
      await following;
      // The first events may come before the watch stands.
      await sleep(500);
      const usage = await soak(child.pid ?? 0, log, MINUTES * 60_000);
      await sleep(2500);
      child.kill('SIGTERM');
      expect(await ended).toBe(0);
      const wanted = Array.from({ length: usage.written }, (_, number) => [`task-${number}`, 1]);
      const wrong = wanted.filter(([thread]) => counts.get(String(thread)) !== 1);
      console.log(
        `${usage.written} findings, ${usage.rotations} rotations;`,
        'after a tenth:',
        usage.early,
        'at the end:',
        usage.late,
      );
      expect(wrong.map(([thread]) => [thread, counts.get(String(thread)) ?? 0])).toEqual([]);
      expect(counts.size).toBe(usage.written);
      expect(events.filter((event) => event === 'gap')).toEqual([]);
      expect(usage.late.watches).toBe(usage.early.watches);
      expect(usage.late.descriptors).toBeLessThanOrEqual(usage.early.descriptors + MOST_HELD);
      expect(usage.late.kib).toBeLessThan(usage.early.kib * 1.25 + 16 * MIB);
    } finally {
      child.kill('SIGKILL');
      folder.remove();
    }
  },
  (MINUTES + 2) * 60_000,
);

interface Soaked {
  readonly written: number;
  readonly rotations: number;
  readonly early: Usage;
  readonly late: Usage;
}

async function soak(pid: number, log: string, milliseconds: number): Promise<Soaked> {
  const started = performance.now();
  let early: Usage | null = null;
  let rotations = 0;
  let written = 0;
  for (let passed = 0; passed < milliseconds; passed = performance.now() - started) {
    if (passed > (rotations + 1) * ROTATE_MS) {
      ROTATIONS[rotations % ROTATIONS.length]?.(log);
      rotations += 1;
    }
    for (let left = rotations % 3; left >= 0; left -= 1) write(log, written++);
    if (early === null && passed > milliseconds / 10) early = usageOf(pid);
    await sleep(20 + (written % 5) * 20);
  }
  const late = usageOf(pid);
  return { written, rotations, early: early ?? late, late };
}
