// Counts over time in one row of characters, the highest column full.

const BARS = '▁▂▃▄▅▆▇█';
const ASCII_BARS = '.:-=+*%#';

/** A blank where nothing happened. */
export function sparkline(counts: readonly number[], unicode: boolean): string {
  const bars = unicode ? BARS : ASCII_BARS;
  const most = Math.max(1, ...counts);
  return counts
    .map((count) => (count === 0 ? ' ' : bars.charAt(Math.ceil((count / most) * bars.length) - 1)))
    .join('');
}
