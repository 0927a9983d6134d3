// The demo's panel: other people to be, a clock to move, lists to send.

import { badgeOf } from './bubble.js';
import { initials } from './words.js';
import { get, post } from './wire.js';

// startDemo wires the panel; act: { sample(id, name), leave() }. It gives the function that marks who has news.
export function startDemo(act) {
  const panel = document.getElementById('demo');
  if (!panel) return () => {};
  for (const mark of panel.querySelectorAll('.initials')) mark.textContent = initials(mark.dataset.name);
  for (const badge of panel.querySelectorAll('.badge')) badgeOf(badge, badge.dataset.name);
  for (const entry of panel.querySelectorAll('[data-persona]')) {
    entry.addEventListener('click', () => become(entry, act.leave));
  }
  for (const entry of panel.querySelectorAll('[data-sample]')) {
    entry.addEventListener('click', () => {
      if (panel.matches(':popover-open')) panel.hidePopover();
      act.sample(entry.dataset.sample, entry.dataset.name);
    });
  }
  for (const move of panel.querySelectorAll('[data-move]')) {
    move.addEventListener('click', () => moveClock(move));
  }
  return (ids) => {
    for (const entry of panel.querySelectorAll('[data-persona]')) {
      entry.querySelector('.dot').hidden = !ids.includes(entry.dataset.persona) || entry.hasAttribute('aria-current');
    }
    document.getElementById('elsewhere').hidden = !panel.querySelector('.dot:not([hidden])');
  };
}

async function become(entry, leave) {
  if (entry.hasAttribute('aria-current')) return;
  entry.disabled = true;
  const answer = await post('/persona', { id: entry.dataset.persona });
  entry.disabled = false;
  if (answer.status === 200) leave();
}

async function moveClock(move) {
  move.disabled = true;
  const answer = await post('/clock', { move: move.dataset.move });
  const { value } = answer.status === 200 ? await get('/clock') : {};
  move.disabled = false;
  if (value) document.getElementById('moment').textContent = value.now;
}
