// What may go on when a check is killed or refused: each scene has a beginning, one run in which the fault happens, and
// good runs behind it.
import {
  copyFileSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { recordAt } from '../vna-log.ts';
import type { Ended, Fault, Lab } from './lab.ts';

export interface Scene {
  readonly name: string;
  /** Up to the run in question. */
  begin(lab: Lab): Promise<void>;
  /** The run in question. */
  run(lab: Lab, fault?: Fault): Promise<Ended>;
  /** Good runs. */
  end(lab: Lab): Promise<void>;
}

const TOKEN =
  'The security token included in the request is invalid. (Service: AmazonIdentityManagement; Status Code: 403; Error Code: InvalidClientTokenId; Request ID: a)';
const DENIED =
  'User: arn:aws:iam::123456789012:user/vna is not authorized to perform: ec2:DescribeInstances (Service: AmazonEC2; Status Code: 403; Error Code: UnauthorizedOperation; Request ID: b)';

const record = (level: string, second: number, text: string): string =>
  recordAt(new Date(Date.UTC(2026, 0, 1, 0, 0, second)), level, 'AWS_PLUGIN', `task-${second}`, text);
const token = (second: number): string => record('ERROR', second, TOKEN);
const denied = (second: number): string => record('ERROR', second, DENIED);
const calm = (second: number): string => record('INFO', second, 'polled');

async function goodRun(lab: Lab): Promise<void> {
  await lab.check();
}

/** An answer is kept only for folders that did not change lately. */
function settle(lab: Lab): void {
  const old = new Date(Date.now() - 3_600_000);
  utimesSync(lab.folder, old, old);
}

function resolve(lab: Lab, fault?: Fault): Promise<Ended> {
  const words = ['alerts', 'resolve', 'VNA1001', '--reason', 'new key', '--by', 'ops'];
  return lab.run([...words, '--state-dir', lab.stateDir], fault);
}

export const SCENES: readonly Scene[] = [
  {
    name: 'the first run',
    begin: async (lab) => lab.write(denied(1), calm(2), token(3)),
    run: (lab, fault) => lab.check(undefined, fault),
    end: async (lab) => {
      await goodRun(lab);
      await goodRun(lab);
    },
  },
  {
    name: 'a graver fault beside one that is open',
    begin: async (lab) => {
      lab.write(denied(4), calm(5));
      await lab.check();
      lab.write(calm(6), token(7), token(8));
    },
    run: (lab, fault) => lab.check(undefined, fault),
    end: goodRun,
  },
  {
    name: 'a log that was rotated and packed',
    begin: async (lab) => {
      lab.write(denied(9), calm(10));
      await lab.check();
      lab.write(token(11), denied(12));
      writeFileSync(join(lab.folder, 'oc.log.1.gz'), gzipSync(readFileSync(lab.log)));
      rmSync(lab.log);
      lab.write(denied(13), token(14), calm(15));
    },
    run: (lab, fault) => lab.check(undefined, fault),
    end: goodRun,
  },
  {
    name: 'two rotations',
    begin: async (lab) => {
      lab.write(denied(31), calm(32));
      await lab.check();
      lab.write(token(33));
      renameSync(lab.log, join(lab.folder, 'oc.log.2'));
      lab.write(denied(34));
      renameSync(lab.log, join(lab.folder, 'oc.log.1'));
      lab.write(token(35), calm(36));
    },
    run: (lab, fault) => lab.check(undefined, fault),
    end: goodRun,
  },
  {
    name: 'a copy and a cut',
    begin: async (lab) => {
      lab.write(denied(41), calm(42));
      await lab.check();
      lab.write(token(43));
      copyFileSync(lab.log, join(lab.folder, 'oc.log.1'));
      truncateSync(lab.log);
      lab.write(token(44), calm(45));
    },
    run: (lab, fault) => lab.check(undefined, fault),
    end: goodRun,
  },
  {
    name: 'a log that was lost, and a lock that was left',
    begin: async (lab) => {
      lab.write(denied(51), calm(52));
      await lab.check();
      rmSync(lab.log);
      lab.write(token(53), calm(54));
      lab.leaveLock();
    },
    run: (lab, fault) => lab.check(undefined, fault),
    end: goodRun,
  },
  {
    name: 'the end of a fault',
    begin: async (lab) => {
      lab.write(denied(16), calm(17));
      await lab.check();
      lab.write(token(18), calm(19));
      await lab.check();
      await resolve(lab);
    },
    run: (lab, fault) => lab.check(undefined, fault),
    end: async (lab) => {
      lab.write(calm(20));
      await goodRun(lab);
    },
  },
  {
    name: 'a word of an administrator',
    begin: async (lab) => {
      lab.write(denied(21), token(22));
      await lab.check();
    },
    run: resolve,
    end: async (lab) => {
      // Who saw it fail says it again; if it was done, there is nothing to resolve.
      await resolve(lab);
      lab.write(token(23));
      await goodRun(lab);
    },
  },
  {
    name: 'a channel that refuses, and one that does not',
    begin: async (lab) => {
      lab.write(denied(24), calm(25));
      await lab.check();
      lab.write(token(26));
    },
    run: async (lab, fault) => {
      lab.receive(503);
      return lab.check(undefined, fault);
    },
    end: async (lab) => {
      lab.receive(200);
      lab.makeDue();
      await goodRun(lab);
    },
  },
  {
    name: 'a channel that refuses for good',
    begin: async (lab) => {
      lab.write(denied(27), calm(28));
      await lab.check();
      lab.write(token(29));
    },
    run: async (lab, fault) => {
      lab.receive(400);
      return lab.check(undefined, fault);
    },
    end: async (lab) => {
      await goodRun(lab);
      lab.receive(200);
    },
  },
  {
    name: 'cron, and a log that is gone',
    begin: async (lab) => {
      lab.write(denied(30), calm(31));
      await lab.check();
      renameSync(lab.log, `${lab.root}/away`);
    },
    run: (lab, fault) => lab.check(['--cron'], fault),
    end: async (lab) => {
      await lab.check(['--cron']);
      if (existsSync(`${lab.root}/away`)) renameSync(`${lab.root}/away`, lab.log);
      lab.write(token(32));
      await lab.check(['--cron']);
      await goodRun(lab);
    },
  },
  {
    name: 'an answer that is kept',
    begin: async (lab) => {
      lab.write(calm(33), calm(34));
      settle(lab);
      await lab.run(restless(lab));
    },
    run: (lab, fault) => lab.run(restless(lab), fault),
    end: async (lab) => {
      lab.write(token(35));
      await lab.run(restless(lab));
      await goodRun(lab);
    },
  },
];

/** Without a textfile: with one no answer is kept. */
function restless(lab: Lab): readonly string[] {
  return ['check', ...lab.common.slice(0, -2), lab.log];
}
