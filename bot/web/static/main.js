// The page: what the server tells goes into the log, what the person does goes into the queue.

import { Composer } from './composer.js';
import { startDemo } from './demo.js';
import { Log } from './log.js';
import { alertText, ask, toast } from './notes.js';
import { Queue } from './queue.js';
import { Stream } from './stream.js';
import { el, page, t } from './words.js';
import { get, post } from './wire.js';

const byID = (id) => document.getElementById(id);
const title = document.title;
const presses = new Map(); // id of a press under way → { message, timer }
let state = 'connecting';
let hidden = 0; // messages that came while nobody looked
let typingTimer = 0;
let restored = false;

const log = new Log({
  scroll: byID('scroll'), list: byID('log'), jump: byID('jump'), count: byID('jump-count'), empty: byID('empty'), older: byID('older'),
  rest: byID('text'),
}, { press, say, retry, discard });

const queue = new Queue({
  settled(item) {
    const m = log.get(item.id);
    if (m?.state && item.kind === 'text') log.change({ ...m, state: undefined });
  },
  failed(item, status) {
    if (item.kind === 'press') release(item.id);
    else log.change({ ...log.get(item.id), state: 'failed', refused: status });
  },
  progress(item, part) { log.part(item.id, part); },
  given(item) {
    release(item.id);
    toast(t('web.press.failed'));
  },
  ended: leave,
});

const stream = new Stream({
  history(answer) {
    log.reset(answer.messages, answer.older);
    for (const item of restored ? [] : queue.restore()) log.add(shown(item, plain(item.text)));
    restored = true;
  },
  event: happen,
  state(now) {
    if (now === 'online' && state !== 'online') queue.nudge();
    state = now;
    status();
  },
  elsewhere: startDemo({ sample: (id, name) => log.add(shown(queue.sample(id, name), null, { name })), leave }),
  ended: leave,
});

const composer = new Composer({
  text: say,
  file(file) { log.add(shown(queue.file(file), null, { name: file.name, size: file.size, mime: file.type })); },
});

// happen takes one event of the server.
function happen(e) {
  if (e.clear) log.clear(e.clear);
  switch (e.do) {
    case 'say':
      if (log.add(e.message) && !e.message.own) announce(e.message);
      if (e.message.own) expect();
      else calm();
      break;
    case 'edit':
      release(null, e.message.id);
      log.change(e.message);
      calm();
      break;
    case 'remove':
      log.remove(e.target);
      break;
    case 'alert':
      if (release(e.query) || !e.query) alertText(e.text);
      break;
    case 'answer':
      release(e.query);
      break;
  }
}

// shown is a message of ours that is not with the server yet.
function shown(item, text, file) {
  return { id: item.id, own: true, at: item.at, text, file, state: 'pending' };
}

function plain(text) {
  return text.split('\n').map((line) => (line ? [{ t: line }] : []));
}

function say(text) {
  log.add(shown(queue.text(text), plain(text)));
}

function retry(id) {
  log.change({ ...log.get(id), state: 'pending' });
  queue.retry(id);
}

function discard(id) {
  queue.discard(id);
  log.remove(id);
}

// press sends a button. Until it is answered, the buttons of its message wait.
function press(message, choice, key) {
  const keys = key.closest('.keys');
  if (keys.getAttribute('aria-busy') === 'true') return;
  keys.setAttribute('aria-busy', 'true');
  key.classList.add('pressed');
  const item = queue.press(message.id, choice.data);
  presses.set(item.id, { message: message.id, timer: setTimeout(() => unlock(message.id), 20000) });
}

// release ends the waiting of a press, by its id or by its message; it reports whether there was one. A press stays
// known for a while after its message was drawn anew: the note that answers it may come later.
function release(id, message) {
  let found = false;
  for (const [one, { message: its, timer }] of presses) {
    if (one !== id && its !== message) continue;
    found = true;
    clearTimeout(timer);
    unlock(its);
    if (one === id) presses.delete(one);
  }
  return found;
}

function unlock(message) {
  const keys = log.items.get(message)?.querySelector('.keys');
  keys?.removeAttribute('aria-busy');
  keys?.querySelector('.pressed')?.classList.remove('pressed');
}

// expect shows that an answer is on its way; calm, that it came.
function expect() {
  clearTimeout(typingTimer);
  byID('typing').hidden = false;
  if (log.stuck) log.toEnd();
  typingTimer = setTimeout(calm, 25000);
  status();
}

function calm() {
  clearTimeout(typingTimer);
  byID('typing').hidden = true;
  status();
}

function status() {
  const line = byID('status');
  const now = state === 'online' && !byID('typing').hidden ? 'typing' : state;
  line.dataset.state = now;
  line.textContent = t(`web.status.${now}`);
  const banner = byID('banner');
  banner.hidden = state !== 'offline';
  banner.textContent = navigator.onLine ? t('web.banner.reconnecting') : t('web.banner.offline');
}

// announce counts in the title what came while nobody looked.
function announce(message) {
  if (document.visibilityState === 'visible' || message.silent) return;
  hidden++;
  document.title = `(${hidden}) ${title}`;
}

function leave() {
  location.replace('/');
}

async function older() {
  const button = byID('older');
  button.disabled = true;
  const answer = await get(`/history?before=${encodeURIComponent(log.messages[0]?.id ?? '')}`);
  button.disabled = false;
  if (answer.value) log.prepend(answer.value.messages, answer.value.older);
}

async function logout() {
  byID('menu').hidePopover();
  const choice = await ask(el('p', {}, t('web.menu.logout_ask')), [[t('web.menu.cancel'), ''], [t('web.menu.logout'), 'yes']]);
  if (choice !== 'yes') return;
  const { status: answer } = await post('/logout', {});
  if (answer === 200 || answer === 401) {
    queue.clear();
    sessionStorage.clear();
    leave();
  } else {
    toast(t('web.login.failed'));
  }
}

async function fillCommands() {
  const { value } = await get('/commands');
  byID('commands').replaceChildren(...(value ?? []).map(({ name, label }) => el('button', {
    type: 'button', onclick() {
      byID('commands').hidePopover();
      say(`/${name}`);
      composer.focus();
    },
  }, el('b', {}, `/${name}`), label)));
}

document.addEventListener('visibilitychange', () => {
  if (document.visibilityState !== 'visible') return;
  hidden = 0;
  document.title = title;
});
addEventListener('beforeunload', (e) => { if (queue.losesFiles) e.preventDefault(); });
byID('older').addEventListener('click', older);
byID('start').addEventListener('click', () => say('/start'));
byID('logout')?.addEventListener('click', logout);
byID('commands')?.addEventListener('beforetoggle', (e) => { if (e.newState === 'open') fillCommands(); });
if (page.chat && matchMedia('(hover: hover)').matches) composer.focus();
stream.start();
