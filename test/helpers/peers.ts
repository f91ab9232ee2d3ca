// The programs that alerts go to, each started for one test.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Child, startProgram } from './child.ts';

/** Programs that end with the test, and the folder that they write to. */
export class Peers {
  readonly dir = mkdtempSync(join(tmpdir(), 'oclog-peers-'));
  readonly #running: Child[] = [];

  at(name: string): string {
    return join(this.dir, name);
  }

  write(name: string, text: string): string {
    writeFileSync(this.at(name), text);
    return this.at(name);
  }

  start(program: string, words: readonly string[]): Child {
    const child = startProgram(program, words);
    this.#running.push(child);
    return child;
  }

  /** A program that is called rather than started; yields its path. */
  script(name: string, text: string): string {
    const path = this.write(name, `#!/bin/sh\n${text}\n`);
    chmodSync(path, 0o755);
    return path;
  }

  async stop(): Promise<void> {
    for (const { process: child, ended } of this.#running.splice(0).reverse()) {
      child.kill('SIGTERM');
      await ended();
    }
    rmSync(this.dir, { recursive: true, force: true });
  }
}

export async function fetchText(port: number, path: string): Promise<string> {
  return (await fetch(`http://127.0.0.1:${port}${path}`)).text();
}
