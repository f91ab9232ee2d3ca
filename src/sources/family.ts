// The names of the oc.log family: the live log and whatever a rotation handler made of it. Names alone;
// nothing here looks at content.

export const LIVE_NAME = 'oc.log';

export interface ArchiveName {
  /** True for `oc.log` itself. */
  readonly live: boolean;
  /** `yyyy-MM-dd` from the name; `null` where it holds no date, or one that could be read two ways. */
  readonly date: string | null;
  /** What stands between the date and the index, a time of day in most cases. */
  readonly rest: string;
  /** The handler's number, 1 the newest of its date; `null` without one. */
  readonly index: number | null;
  readonly name: string;
}

const PACKED = /\.(?:gz|zip|xz|bz2|zst)$/i;
// Numbers have no leading zeros; `.04` is a part of the date's pattern.
const INDEX = /\.([1-9]\d{0,8})$/;
const SEPARATED_DATE = /(?<!\d)(\d{4})([-_.])(\d{2})\2(\d{2})(?!\d)/;
// Followed by nothing, or by the hour, minute, second and millisecond.
const COMPACT_DATE = /(?<!\d)(\d{4})(\d{2})(\d{2})(?=(?:\d{2}){0,3}(?!\d)|\d{9}(?!\d))/;

/** Files that stand beside a log while it is edited, copied, locked or followed. */
const NO_ARCHIVE =
  /(?:~|\.(?:lck|lock|pid|sw[a-p]|swx|te?mp|part|partial|filepart|crdownload|download|bak|orig|rej|save|offset|pos|idx|md5|sha\d+|asc|sig))$/i;

/** Reads a file's name; `null` if it is no log of the family, which is that of `oc.log` or of another `live` log. */
export function parseArchiveName(basename: string, live = LIVE_NAME): ArchiveName | null {
  if (!basename.startsWith(live)) return null;
  if (basename === live) return { live: true, date: null, rest: '', index: null, name: basename };
  if (NO_ARCHIVE.test(basename)) return null;
  const suffix = basename.slice(live.length).replace(PACKED, '');
  const dated = findDate(suffix);
  // `oc.logger` and `oc.log4j.xml` are other things; a pattern such as `'T'yyyy-MM-dd` is not.
  if (/^\p{Letter}|^\d+[a-z]/u.test(suffix) && dated === null) return null;
  if (/\.(?:xml|properties|json|html?|conf|cfg|jar|ya?ml)$/i.test(suffix)) return null;
  const tail = dated === null ? suffix : dated.before + dated.after;
  const index = INDEX.exec(tail);
  return {
    live: false,
    date: dated?.date ?? null,
    rest: index === null ? tail : tail.slice(0, index.index),
    index: index === null ? null : Number(index[1]),
    name: basename,
  };
}

interface FoundDate {
  readonly date: string;
  readonly before: string;
  readonly after: string;
}

function findDate(suffix: string): FoundDate | null {
  for (const [pattern, monthAt] of [
    [SEPARATED_DATE, 3],
    [COMPACT_DATE, 2],
  ] as const) {
    const match = pattern.exec(suffix);
    const [year, month, day] = [match?.[1], match?.[monthAt], match?.[monthAt + 1]];
    if (match === null || year === undefined || month === undefined || day === undefined) continue;
    if (!isDate(Number(year), Number(month), Number(day))) continue;
    return {
      date: `${year}-${month}-${day}`,
      before: suffix.slice(0, match.index),
      after: suffix.slice(match.index + match[0].length),
    };
  }
  return null;
}

/** Also tells `yyyyMMdd` from `ddMMyyyy`: what would be the latter's month is the century, 19 or 20. */
function isDate(year: number, month: number, day: number): boolean {
  if (year < 1970 || year > 2199 || month < 1 || month > 12 || day < 1) return false;
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/**
 * Orders names by age, the oldest first: dates before names without one, within a date the time in the
 * name, then the highest index first and no index after `.1`; the live log last.
 */
export function compareArchiveNames(a: ArchiveName, b: ArchiveName): number {
  return (
    Number(a.live) - Number(b.live) ||
    Number(a.date === null) - Number(b.date === null) ||
    compareText(a.date ?? '', b.date ?? '') ||
    compareText(a.rest, b.rest) ||
    (b.index ?? 0) - (a.index ?? 0) ||
    compareText(a.name, b.name)
  );
}

/** By code unit: the same on every machine, whatever its language. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
