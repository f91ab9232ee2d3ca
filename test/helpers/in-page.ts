// What tests ask a page itself, as expressions that it evaluates: the code of this project knows no document.

export const UNFOLD = `for (const details of document.querySelectorAll('details')) details.open = true`;

/** Elements of which a part is out of reach. */
export const CUT_ELEMENTS = `[...document.querySelectorAll('body *')]
  .filter((element) => !element.closest('.unseen, svg'))
  .filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth + 1)
  .map(({ outerHTML }) => outerHTML.slice(0, 200))`;

/** What stands in folds and takes no room. */
export const HIDDEN_ELEMENTS = `[...document.querySelectorAll('details > *')]
  .filter((element) => !element.checkVisibility() || element.getBoundingClientRect().height === 0)
  .map(({ outerHTML }) => outerHTML.slice(0, 200))`;

/** Numbers all that the keyboard should reach, in the order of the document; tells how many there are. */
export const NUMBER_STOPS = `(() => {
  const all = [...document.querySelectorAll('a[href], button, summary')].filter((element) => element.checkVisibility());
  for (const [index, element] of all.entries()) element.dataset.stop = index;
  window.seen = [];
  addEventListener('focusin', ({ target }) => {
    seen.push(target.dataset.stop + ' ' + getComputedStyle(target).outlineStyle);
  });
  return all.length;
})()`;

/** Handlers that wait for the pointer get it. */
export const POINT_AT_ALL = `for (const element of document.querySelectorAll('body *'))
  element.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }))`;

export const REFUSE_CLIPBOARD = `navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed'))`;

/**
 * Violations, and doubts about contrast. Two doubts are set aside: axe cannot judge SVG, whose text has the colour of
 * other text, nor marks broken over the lines of a phone, which it does judge on a wide page.
 */
export const RUN_AXE = `axe.run().then(({ violations, incomplete }) => {
  const doubts = incomplete.filter(({ id }) => id === 'color-contrast').flatMap(({ nodes }) => nodes);
  const strange = ({ html }) => html.startsWith('<text ') || (innerWidth < 500 && html.startsWith('<mark>'));
  return [
    ...violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html)),
    ...doubts.filter((node) => !strange(node)).map(({ html }) => 'contrast? ' + html),
  ];
})`;
