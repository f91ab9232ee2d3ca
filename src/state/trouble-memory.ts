// Since when a check could not know, and when that was told last: the same trouble is news once, and then now and then.
import { join } from 'node:path';
import { openStateDirectory } from './directory.ts';
import { StateError } from './problem.ts';
import { StateStore } from './store.ts';

interface Known {
  readonly cause: string;
  readonly since: number;
  readonly toldAt: number;
}

/** What a run says of it. */
export interface TroubleNews {
  readonly isNews: boolean;
  /** To be called once it was delivered. What cannot be remembered is news the next time too. */
  remember(): Promise<void>;
}

export function troubleFileOf(stateDir: string, stateName: string): string {
  return join(stateDir, `${stateName}.unknown.json`);
}

/** `cause` is what keeps the check from knowing; `null` if nothing does. */
export async function troubleNews(
  stateDir: string,
  stateName: string,
  cause: string | null,
  now: number,
  repeatMs: number,
): Promise<TroubleNews> {
  const store = new StateStore(troubleFileOf(stateDir, stateName), parse);
  const known = await store.read().then(
    ({ body }) => body,
    () => null,
  );
  if (cause === null)
    return { isNews: known !== null, remember: () => unlessStateFails(() => store.remove()) };
  const isSame = known?.cause === cause;
  // Either way: a clock may have been set back.
  const isNews = !isSame || Math.abs(now - known.toldAt) >= repeatMs;
  const next = { cause, since: isSame ? known.since : now, toldAt: isNews ? now : (known?.toldAt ?? now) };
  return {
    isNews,
    remember: () =>
      unlessStateFails(async () => {
        if (!isNews) return;
        await openStateDirectory(stateDir);
        await (await store.prepare(next)).commit();
      }),
  };
}

async function unlessStateFails(action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    if (!(error instanceof StateError)) throw error;
  }
}

function parse(body: unknown): Known | null {
  if (typeof body !== 'object' || body === null) return null;
  const { cause, since, toldAt }: Partial<Record<keyof Known, unknown>> = body;
  if (typeof cause !== 'string' || typeof since !== 'number' || typeof toldAt !== 'number') return null;
  return { cause, since, toldAt };
}
