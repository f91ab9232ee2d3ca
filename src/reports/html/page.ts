// The document around the sections. Its policy forbids everything but its own style and script, named by their hashes.
import { createHash } from 'node:crypto';
import { html, type Markup, textOf, verbatim } from './markup.ts';
import { SCRIPT } from './script.ts';
import { STYLE } from './style.ts';

export interface Page {
  readonly title: string;
  readonly head: Markup;
  /** Piece by piece. */
  readonly main: readonly Markup[];
  readonly foot: Markup;
}

/** Piece by piece, too. */
export function* renderPage({ title, head, main, foot }: Page): Generator<string> {
  const policy = [
    "default-src 'none'",
    `style-src '${hashOf(STYLE)}'`,
    `script-src '${hashOf(SCRIPT)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  // The policy stands before all that it governs.
  yield textOf(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${verbatim(STYLE)}</style>
</head>
<body>
<header>
${head}
</header>
<main>
`);
  yield* main.map(textOf);
  yield textOf(html`
</main>
<footer>
${foot}
</footer>
<div id="status" class="unseen" role="status" aria-live="polite"></div>
<script>${verbatim(SCRIPT)}</script>
</body>
</html>
`);
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
