// Where a rule is known from, in words and with addresses.
import type { Citation } from '../findings/explanation.ts';
import type { Link } from '../findings/finding.ts';
import type { Rule, SourceRef } from './rule.ts';

const ARTICLE = 'https://knowledge.broadcom.com/external/article/';
/** Articles whose address is known in full; the number alone leads there too. */
const ADDRESSES: ReadonlyMap<string, string> = new Map([
  ['442985', `${ARTICLE}442985/error-403-invalidclienttokenid-when-conf.html`],
]);

/** `KB 442985, Resolution 1`, or a page's title. */
export function nameSource(source: SourceRef): string {
  if (!('article' in source)) return source.title;
  const step = source.step === undefined ? '' : ` ${source.step}`;
  return `KB ${source.article}, ${source.section}${step}`;
}

/** The rule's own links, then its articles and pages; each address once. */
export function linksOf({ advice, sources }: Rule): readonly Link[] {
  const cited = [...sources, ...advice.steps.flatMap((step) => step.source ?? [])].map(linkTo);
  const byUrl = new Map<string, Link>();
  for (const link of [...advice.links, ...cited]) if (!byUrl.has(link.url)) byUrl.set(link.url, link);
  return [...byUrl.values()];
}

/** What the rule as a whole rests on. */
export function citationsOf({ sources }: Rule): readonly Citation[] {
  return sources.map((source) => ({
    name: nameSource(source),
    checked: 'article' in source ? (source.checked ?? null) : null,
    url: linkTo(source).url,
  }));
}

function linkTo(source: SourceRef): Link {
  if (!('article' in source)) return { title: source.title, url: source.url };
  const { article } = source;
  return { title: `Broadcom KB ${article}`, url: ADDRESSES.get(article) ?? ARTICLE + article };
}
