// Secrets and addresses that the configuration names: fetched from the environment or from a file, and checked.
import { isLoopback } from '../lib/loopback.ts';
import { Secret } from '../lib/secret.ts';
import type { KeyPath, Report } from '../lib/yaml/problem.ts';
import { SECRET } from './channel-schema.ts';
import { readSecretFile, secretOf } from './secret-file.ts';

/** What cannot be fetched is reported, and empty. */
export class Secrets {
  readonly #env: { readonly [name: string]: string | undefined };
  readonly #report: Report;

  constructor(env: { readonly [name: string]: string | undefined }, report: Report) {
    this.#env = env;
    this.#report = report;
  }

  async url(path: KeyPath, written: string): Promise<Secret> {
    const secret = await this.secret(path, written);
    const text = secret.reveal();
    // A missing secret was reported.
    if (text === '') return secret;
    const url = URL.canParse(text) ? new URL(text) : null;
    if (url === null) this.#report(path, '`url` is no address', { secret: true });
    else if (url.username !== '' || url.password !== '')
      this.#report(path, '`url` must not hold a user or a password', { secret: true });
    else if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname)))
      this.#report(path, '`url` must begin with https://', {
        secret: true,
        help: 'http:// is for this machine itself',
      });
    return secret;
  }

  async optional(path: KeyPath, written: string | undefined): Promise<Secret | null> {
    return written === undefined ? null : await this.secret(path, written);
  }

  /** What is written itself, unless it names a secret. */
  async secret(path: KeyPath, written: string): Promise<Secret> {
    const [, kind, name = ''] = SECRET.exec(written) ?? [];
    if (kind === undefined) return new Secret(written);
    const what = `the environment variable ${name}`;
    const value = this.#env[name];
    const found =
      kind === 'file'
        ? await readSecretFile(name)
        : value === undefined
          ? { message: `${what} is not set`, help: 'set it where oclog runs, or put the secret into a file' }
          : secretOf(value, what);
    if (found instanceof Secret) return found;
    this.#report(path, found.message, { help: found.help ?? undefined });
    return new Secret('');
  }
}
