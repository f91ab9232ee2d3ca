// `oclog check` and `oclog alerts` as a user runs them, on a log and a memory of their own.
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import { type Ran, type RunOptions, runCli } from './cli.ts';

const root = mkdtempSync(join(tmpdir(), 'oclog-check-cli-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

export class CheckMachine {
  readonly root = mkdtempSync(join(root, 'vna-'));
  readonly log = join(this.root, 'oc.log');
  readonly stateDir = join(this.root, 'state');
  /** For the program, besides what it always gets. */
  readonly env: Record<string, string> = {};

  constructor() {
    appendFileSync(this.log, '');
  }

  /** A record for each, of now. */
  write(...records: readonly string[]): void {
    const time = new Date().toISOString().replace('T', ' ').replace('.', ',').replace('Z', '');
    for (const record of records) appendFileSync(this.log, `${time} ${record}\n`);
  }

  check(...args: readonly string[]): Ran {
    return this.run('check', '--host', 'vna', ...args, this.log);
  }

  alerts(...args: readonly string[]): Ran {
    return this.run('alerts', ...args);
  }

  run(command: string, ...args: readonly string[]): Ran {
    const options: RunOptions = { env: { OCLOG_STATE_DIR: this.stateDir, ...this.env } };
    return runCli([command, ...args], options);
  }
}

export const INVALID =
  'ERROR [AWS_PLUGIN] (t) Failed to connect AWS region: 403: com.amazonaws.X: The security token included in the request is invalid. (Service: AmazonIdentityManagement; Status Code: 403; Error Code: InvalidClientTokenId; Request ID: a)';
export const DENIED =
  'ERROR [AWS_PLUGIN] (t) com.amazonaws.X: User: arn:aws:iam::123456789012:user/vna is not authorized to perform: ec2:DescribeInstances (Service: AmazonEC2; Status Code: 403; Error Code: AccessDenied; Request ID: b)';
export const CALM = 'INFO  [AWS_PLUGIN] (t) polling';
