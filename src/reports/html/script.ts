// The page's one script: buttons that copy commands, and everything unfolded on paper. Without it the page is whole.

export const SCRIPT = `(() => {
'use strict';
const status = document.getElementById('status');

async function copy(code) {
  try {
    await navigator.clipboard.writeText(code.textContent);
    return true;
  } catch {
    // No clipboard here, or no leave to use it: select the text, and let the browser copy what is selected.
    getSelection().selectAllChildren(code);
    return document.execCommand('copy');
  }
}

for (const command of document.querySelectorAll('.command')) {
  const button = document.createElement('button');
  const word = document.createElement('span');
  const rest = document.createElement('span');
  button.type = 'button';
  word.textContent = 'Copy';
  rest.className = 'unseen';
  rest.textContent = ' ' + command.dataset.label;
  button.append(word, rest);
  button.addEventListener('click', async () => {
    const copied = await copy(command.querySelector('code'));
    word.textContent = copied ? 'Copied' : 'Selected';
    status.textContent = copied ? 'Copied.' : 'Not copied; the command is selected.';
    setTimeout(() => {
      word.textContent = 'Copy';
      status.textContent = '';
    }, 2000);
  });
  command.append(button);
}

let unfolded = [];
addEventListener('beforeprint', () => {
  unfolded = [...document.querySelectorAll('details:not([open])')];
  for (const details of unfolded) details.open = true;
});
addEventListener('afterprint', () => {
  for (const details of unfolded) details.open = false;
});
})();
`;
