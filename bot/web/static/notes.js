// Notes that do not stay: a toast for a short one, a dialog for a longer one or a question.

import { textOf } from './bubble.js';
import { el, t } from './words.js';

const longest = 90; // letters of a toast
const forgotten = 60000; // a dialog with somebody's number does not stay open for ever

export function toast(text) {
  const note = el('div', { class: 'toast' }, text);
  const host = document.getElementById('toasts');
  host.append(note);
  while (host.children.length > 3) host.firstChild.remove();
  let timer = 0;
  const leave = () => { timer = setTimeout(() => note.remove(), 3000 + text.length * 60); };
  note.addEventListener('pointerenter', () => clearTimeout(timer));
  note.addEventListener('pointerleave', leave);
  note.addEventListener('click', () => note.remove());
  leave();
}

// alertText shows the answer to a press.
export function alertText(lines) {
  const flat = (lines ?? []).map((line) => (line ?? []).map((span) => span.t).join('')).join('\n');
  if (flat.length <= longest && !flat.includes('\n')) toast(flat);
  else ask(textOf(lines), [[t('web.note.close'), '']]);
}

// ask shows a dialog and gives the value of the button that closed it; '' when it was closed otherwise.
export function ask(content, buttons) {
  const dialog = document.getElementById('note');
  document.getElementById('note-text').replaceChildren(content);
  document.getElementById('note-buttons').replaceChildren(
    ...buttons.map(([label, value]) => el('button', { type: 'submit', value }, label)));
  dialog.returnValue = '';
  if (!dialog.open) dialog.showModal();
  const timer = setTimeout(() => dialog.close(''), forgotten);
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      clearTimeout(timer);
      document.getElementById('note-text').replaceChildren();
      resolve(dialog.returnValue);
    }, { once: true });
  });
}
