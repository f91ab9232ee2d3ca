// The causes of a fault, the surest unfolded. Advice that the page already gives is pointed to, not repeated.
import type { Fault } from '../../findings/fault.ts';
import type { Advice, Confidence } from '../../findings/finding.ts';
import type { FaultVariant } from '../../findings/group.ts';
import { showCount } from '../words.ts';
import { showAdvice, showCommand } from './advice.ts';
import { html, type Markup, NOTHING } from './markup.ts';
import { cut } from './words.ts';

/** More ways of failing than any rule has. */
const MAX_CAUSES = 8;
const MAX_SUMMARY = 2000;

const SURENESS: Readonly<Record<Confidence, string>> = {
  certain: 'Certain: the log proves it',
  likely: 'Likely: it fits, but the log does not prove it',
  possible: 'Possible: one of several explanations',
};

/** Where the page gives an advice: number of the fault, by the advice's own text. */
export type Given = ReadonlyMap<string, number>;

type Heading = (title: string) => Markup;

export function adviceKey(advice: Advice): string {
  return JSON.stringify(advice);
}

export function showCauses({ variants, count, example }: Fault, given: Given): Markup {
  const [surest, ...others] = variants.slice(0, MAX_CAUSES);
  if (surest === undefined) return NOTHING;
  const share = variants.length > 1 ? `, ${showCount(surest.count)} of ${showCount(count)} records` : null;
  const name = surest.variant === null && share === null ? null : html` Cause: ${nameOf(surest)}${share}.`;
  return html`${showCause(surest, name, given, (title) => html`<h4>${title}</h4>`)}
${others.map(
  (variant) => html`<details class="other">
<summary><h4>Another cause, in ${showCount(variant.count)} of ${showCount(count)} records: ${nameOf(variant)}</h4></summary>
${showCause(variant, null, given, (title) => html`<h5>${title}</h5>`)}
</details>
`,
)}
${explanation(example.code)}`;
}

/** `name` says which cause it is, where no title does. */
function showCause(cause: FaultVariant, name: Markup | null, given: Given, heading: Heading): Markup {
  const { advice, confidence } = cause;
  const sure = html`<strong>${SURENESS[confidence]}.</strong>${name}`;
  if (advice === null)
    return html`${heading('Why')}
<p>${sure} This report was made without advice.</p>`;
  const told = given.get(adviceKey(advice));
  if (told === undefined) return showAdvice(advice, sure, heading);
  return html`${heading('Why and how to fix it')}
<p>${cut(advice.summary, MAX_SUMMARY)}</p>
<p class="aside">${sure} The reason and the steps are those of <a href="#fault-${told}">fault ${told}</a>.</p>`;
}

function nameOf({ variant }: FaultVariant): Markup {
  return variant === null ? html`no nearer one` : html`<span class="code">${cut(variant)}</span>`;
}

/** Only for what is safe to be pasted into a shell. */
function explanation(code: string): Markup {
  if (!/^[A-Z][A-Z0-9]{1,39}$/.test(code)) return NOTHING;
  return html`<p class="aside">All that oclog knows about this fault:</p>
${showCommand(`oclog explain ${code}`)}`;
}
