// The page's one style: light and dark as the reader's system has it, from phone to desktop, and paper. Every pair of
// text and ground has a contrast of 4.5 at least.

const LIGHT = `
  --page: #f5f6f8; --card: #ffffff; --well: #f1f3f6; --line: #d5dae2; --text: #1d222b; --soft: #545c6b; --link: #0a539e;
  --critical: #b3261e; --critical-tint: #fbe6e4; --critical-text: #8c1d17;
  --warning: #a86400; --warning-tint: #fcefd2; --warning-text: #6b4200;
  --info: #23708f; --info-tint: #e1f0f6; --info-text: #0c4c66;
  --clean: #2e7d4f; --mark: #ffefa0; --mark-text: #1d222b; --bar: #4a6fa5;`;

const DARK = `
  --page: #13161b; --card: #1b1f26; --well: #12151a; --line: #353c48; --text: #e3e6eb; --soft: #a5adba; --link: #8cbbf8;
  --critical: #f0827a; --critical-tint: #48211f; --critical-text: #ffb9b3;
  --warning: #dba23f; --warning-tint: #41310f; --warning-text: #f8d48e;
  --info: #68b5d4; --info-tint: #16394a; --info-text: #aedff2;
  --clean: #62bd88; --mark: #5a4a07; --mark-text: #fff4c4; --bar: #7fa3d6;`;

const TEXT = `
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem 1rem 2rem; max-width: 60rem; background: var(--page); color: var(--text);
  font: 1rem/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', sans-serif; overflow-wrap: anywhere; }
h1, h2, h3, h4, h5 { line-height: 1.3; margin: 0; text-wrap: balance; }
h1 { font-size: 1rem; font-weight: 600; color: var(--soft); margin-bottom: .5rem; }
h2 { font-size: 1.125rem; margin: 2rem 0 .75rem; }
h3 { font-size: 1.25rem; margin: .5rem 0 .25rem; }
h4, h5 { font-size: 1rem; margin: 1.5rem 0 .375rem; }
p, ul, ol, dl { margin: .375rem 0; }
a { color: var(--link); text-underline-offset: .15em; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 2px; }
pre, code, .code, .place { font: .8125rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace; }
pre { margin: 0; white-space: pre-wrap; tab-size: 4; unicode-bidi: isolate; }
mark { background: var(--mark); color: var(--mark-text); border-radius: 2px; padding: 0 .1em; }
blockquote { margin: .375rem 0; padding-left: .75rem; border-left: 3px solid var(--line); unicode-bidi: isolate; }
footer, .aside, .when { color: var(--soft); font-size: .875rem; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.time { white-space: nowrap; }
footer { margin-top: 2rem; }
`;

const HEAD = `
.verdict { margin: .25rem 0 1rem; font-size: 1.5rem; line-height: 1.3; font-weight: 600; padding-left: .875rem;
  border-left: 5px solid var(--line); }
.verdict .aside { display: block; font-size: 1rem; font-weight: 400; margin-top: .25rem; }
.verdict.critical, .card.critical { border-left-color: var(--critical); }
.verdict.warning, .card.warning { border-left-color: var(--warning); }
.verdict.info, .card.info { border-left-color: var(--info); }
.verdict.clean { border-left-color: var(--clean); }
.facts > div { display: grid; grid-template-columns: 7.5rem 1fr; gap: .75rem; padding: .125rem 0; }
dt { color: var(--soft); }
dd { margin: 0; unicode-bidi: isolate; }
.tags { display: flex; flex-wrap: wrap; align-items: center; gap: .125rem .5rem; margin: 0; }
.tag { padding: 0 .5rem; border-radius: 3px; font-size: .8125rem; font-weight: 600; line-height: 1.6; }
.tag::first-letter { text-transform: uppercase; }
.tag.critical { background: var(--critical-tint); color: var(--critical-text); }
.tag.warning { background: var(--warning-tint); color: var(--warning-text); }
.tag.info { background: var(--info-tint); color: var(--info-text); }
.tags .code { font-size: .875rem; }
.service { color: var(--soft); font-size: .875rem; }
.glance { list-style: none; padding: 0; border: 1px solid var(--line); border-radius: 6px; background: var(--card); }
.glance li { display: grid; gap: .125rem 1rem; padding: .625rem 1rem; }
.glance li + li { border-top: 1px solid var(--line); }
.glance a { padding: .125rem 0; }
`;

const FAULT = `
.card { margin: 0 0 1.25rem; padding: 1rem; background: var(--card); border: 1px solid var(--line); border-radius: 6px; }
article.card { border-left-width: 5px; }
section.card { margin-top: 1.25rem; }
section.card h2 { margin-top: 0; }
.timeline { margin: 1rem 0 0; }
svg { display: block; overflow: visible; }
.bar { fill: var(--bar); }
.axis { stroke: var(--soft); }
.grid { stroke: var(--line); stroke-dasharray: 2 3; }
.tick { fill: var(--soft); font-size: .75rem; }
.tick.middle { text-anchor: middle; }
.tick.end { text-anchor: end; }
table { border-collapse: collapse; margin: 1rem 0 .5rem; width: 100%; font-size: .875rem; }
caption { text-align: left; font-weight: 600; font-size: 1rem; padding-bottom: .25rem; }
th, td { text-align: left; vertical-align: top; padding: .375rem .75rem .375rem 0; border-bottom: 1px solid var(--line); }
th { font-weight: 600; }
thead th { white-space: nowrap; }
tbody th { min-width: 5rem; }
td .time { white-space: normal; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
summary { cursor: pointer; padding: .3125rem 0; }
summary h4 { display: inline; }
.exhibit, .other { border: 1px solid var(--line); border-radius: 4px; margin: .5rem 0; padding: .125rem .75rem; }
.exhibit[open], .other[open] { padding-bottom: .75rem; }
.when::before { content: '\\00b7'; margin-right: .25rem; }
.record, .command, .neighbours pre { background: var(--well); border: 1px solid var(--line); border-radius: 4px; }
.record { padding: .5rem .75rem; }
.frames summary, .neighbours summary { color: var(--soft); font-size: .875rem; }
.frames pre, .neighbours pre { color: var(--soft); }
.frames pre { word-break: break-all; }
.neighbours pre { padding: .375rem .75rem; margin: .25rem 0; }
.steps { padding-left: 1.75rem; }
.steps li { padding: .25rem 0 .5rem .25rem; }
.steps li::marker { font-weight: 600; font-variant-numeric: tabular-nums; }
.command { display: flex; align-items: flex-start; gap: .5rem; margin: .5rem 0; padding: .5rem .5rem .5rem .75rem; }
.command pre { flex: 1; min-width: 0; padding: .375rem 0; }
.command code > span { display: block; padding-left: 2ch; text-indent: -2ch; }
button { font: inherit; font-size: .875rem; line-height: 1.25rem; min-height: 2rem; padding: 0 .75rem; color: var(--text);
  background: var(--card); border: 1px solid var(--soft); border-radius: 4px; cursor: pointer; }
button:hover { border-color: var(--link); color: var(--link); }
.links, .messages, .clean { padding-left: 1.25rem; }
.links li, .messages li, .clean li { padding: .125rem 0; }
`;

const PLACES = `
@media (min-width: 44rem) {
  body { padding: 2.5rem 2rem 3rem; }
  .card { padding: 1.25rem 1.5rem; }
  .glance li { grid-template-columns: 1fr auto; align-items: baseline; }
  .glance .tags { grid-column: 1 / -1; }
}
@media (max-width: 30rem) {
  .tick.middle { display: none; }
  .facts > div { grid-template-columns: 6rem 1fr; gap: .5rem; }
  .card, .glance li { padding: .75rem; }
  table { font-size: .75rem; }
  th, td { padding-right: .5rem; }
}
@media (forced-colors: active) {
  .bar { fill: CanvasText; }
  .axis, .grid { stroke: CanvasText; }
  .tick { fill: CanvasText; }
}
@media print {
  @page { margin: 15mm; }
  :root { font-size: 10pt; }
  body { max-width: none; padding: 0; }
  button { display: none; }
  ::details-content { content-visibility: visible; display: block; block-size: auto; }
  .card { border-width: 0 0 0 3px; border-radius: 0; padding: 0 0 0 1rem; }
  section.card { padding-left: 0; border-left: 0; }
  h2, h3, h4, h5, summary, header { break-after: avoid; }
  .steps li, .command, figure, tr { break-inside: avoid; }
  .links a::after { content: ' (' attr(href) ')'; color: var(--soft); }
}
`;

export const STYLE = `
:root {${LIGHT}
}
@media screen {
  :root { color-scheme: light dark; }
}
@media screen and (prefers-color-scheme: dark) {
  :root {${DARK}
  }
}
${TEXT}${HEAD}${FAULT}${PLACES}`;
