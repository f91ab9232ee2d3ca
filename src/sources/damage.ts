// What decoders throw when packed bytes end early or make no sense, and the known error it becomes.

import { SourceError } from '../lib/errors.ts';

type DamageKind = 'truncated' | 'corrupt';

/** Thrown within this folder, after all that could be inflated. */
export class Damage extends Error {
  readonly kind: DamageKind;
  /** Offset in the packed bytes of the slice in which output may have been lost; `null` if none was. */
  readonly lostAt: number | null;

  constructor(kind: DamageKind, detail: string, lostAt: number | null = null) {
    super(detail);
    this.kind = kind;
    this.lostAt = lostAt;
  }
}

/** An archive that could be read only in part. A half-written twin of another input is no error. */
export class DamagedSourceError extends SourceError {}

/** Says how much of the archive could be read. */
export function damagedSource(path: string, damage: Damage, inflated: number): DamagedSourceError {
  const rest =
    damage.kind === 'truncated'
      ? 'fetch it again if it was copied, or scan again once its rotation is done'
      : 'fetch it again from where it was made, or unpack what is left of it elsewhere';
  return new DamagedSourceError(
    path,
    `${damage.kind} archive (${damage.message}): only the first ${inflated} inflated bytes could be read`,
    { hint: rest, cause: damage },
  );
}
