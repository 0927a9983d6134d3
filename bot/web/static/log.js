// The log: which messages there are, in which order, and where the reader stands.

import { bubble, setBar } from './bubble.js';
import { dayKey, dayName, el, t } from './words.js';

const near = 90; // pixels from the end that still count as being there
const together = 5 * 60e3; // messages of one side within this time are one group

export class Log {
  // parts: { scroll, list, jump, count, empty, older }; acts: as of bubble.
  constructor(parts, acts) {
    Object.assign(this, parts);
    this.acts = acts;
    this.messages = [];
    this.items = new Map();
    this.unseen = 0;
    this.stuck = true; // the reader is at the end and stays there
    this.top = 0;
    this.scroll.addEventListener('scroll', () => this.look(), { passive: true });
    this.jump.addEventListener('click', () => this.toEnd(true));
    const sizes = new ResizeObserver(() => { if (this.stuck) this.toEnd(); });
    sizes.observe(this.scroll);
    sizes.observe(this.scroll.firstElementChild);
  }

  // reset shows the messages of the server; what is not sent yet stays at the end.
  reset(messages, older) {
    const waiting = this.messages.filter((m) => m.state && !messages.some((one) => one.id === m.id));
    this.messages = [...messages, ...waiting];
    this.older.hidden = !older;
    this.draw();
    this.toEnd();
  }

  // prepend adds older messages above; the reader stays where he is.
  prepend(messages, older) {
    const fromEnd = this.scroll.scrollHeight - this.scroll.scrollTop;
    this.messages = [...messages, ...this.messages];
    this.older.hidden = !older;
    this.draw();
    this.scroll.scrollTop = this.scroll.scrollHeight - fromEnd;
  }

  draw() {
    this.list.setAttribute('aria-busy', 'true');
    this.list.replaceChildren();
    this.items.clear();
    this.messages.forEach((m, i) => this.place(m, i));
    this.list.removeAttribute('aria-busy');
    this.empty.hidden = this.messages.length > 0;
  }

  // place puts the element of the i-th message at the end of the list.
  place(m, i) {
    const before = this.messages[i - 1];
    const newDay = !before || dayKey(before.at) !== dayKey(m.at);
    if (newDay) this.list.append(el('li', { class: 'day' }, el('span', {}, dayName(m.at))));
    const item = bubble(m, this.acts);
    if (newDay || before.own !== m.own || new Date(m.at) - new Date(before.at) > together) item.classList.add('first');
    this.items.set(m.id, item);
    this.list.append(item);
    return item;
  }

  get(id) {
    return this.messages.find((m) => m.id === id);
  }

  // add shows a new message at the end. One that is there already is our own, now with the server.
  add(m) {
    if (this.get(m.id)) {
      if (this.get(m.id).state) this.change({ ...m, state: undefined });
      return false;
    }
    const stay = this.stuck || m.own;
    m.own ??= false;
    this.messages.push(m);
    const item = this.place(m, this.messages.length - 1);
    item.classList.add('fresh');
    this.empty.hidden = true;
    if (stay) {
      this.toEnd();
    } else {
      this.unseen++;
      this.look();
    }
    return true;
  }

  // change shows a message anew in its place: scroll and keyboard focus stay.
  change(m) {
    const i = this.messages.findIndex((one) => one.id === m.id);
    if (i < 0) return;
    const old = this.items.get(m.id);
    m = { ...m, own: this.messages[i].own, at: m.own ? m.at : this.messages[i].at };
    this.messages[i] = m;
    const item = bubble(m, this.acts);
    if (old.classList.contains('first')) item.classList.add('first');
    if (m.silent) item.setAttribute('aria-live', 'off');
    const focus = [...old.querySelectorAll('button, a')].indexOf(document.activeElement);
    const above = old.getBoundingClientRect().bottom < this.scroll.getBoundingClientRect().top;
    const height = old.offsetHeight;
    this.items.set(m.id, item);
    old.replaceWith(item);
    if (focus >= 0) {
      const buttons = [...item.querySelectorAll('button, a')];
      (buttons[Math.min(focus, buttons.length - 1)] ?? this.rest)?.focus({ preventScroll: true });
    }
    if (this.stuck) this.toEnd();
    else if (above && !CSS.supports('overflow-anchor', 'auto')) this.scroll.scrollTop += item.offsetHeight - height;
  }

  // clear takes the buttons of a message away.
  clear(id) {
    const m = this.get(id);
    if (m?.choices?.length) this.change({ ...m, choices: undefined });
  }

  remove(id) {
    const i = this.messages.findIndex((m) => m.id === id);
    if (i < 0) return;
    this.messages.splice(i, 1);
    const item = this.items.get(id);
    this.items.delete(id);
    const next = item.nextElementSibling;
    const day = item.previousElementSibling;
    if (item.classList.contains('first') && next?.classList.contains('message')) next.classList.add('first');
    item.remove();
    if (day?.classList.contains('day') && !next?.classList.contains('message')) day.remove();
    this.empty.hidden = this.messages.length > 0;
    if (this.stuck) this.toEnd();
  }

  // part shows how far the sending of a file is.
  part(id, part) {
    const m = this.get(id);
    const bar = this.items.get(id)?.querySelector('.file .bar');
    if (m) m.part = part;
    if (bar) setBar(bar, part);
  }

  toEnd(smooth) {
    this.stuck = true;
    this.unseen = 0;
    this.scroll.scrollTo({ top: this.scroll.scrollHeight, behavior: smooth ? 'smooth' : 'instant' });
    this.show();
  }

  // look notes where the reader stands. Only going up leaves the end: a picture that grows below does not.
  look() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroll;
    const up = scrollTop < this.top - 1;
    this.top = scrollTop;
    if (scrollHeight - scrollTop - clientHeight < near) this.stuck = true;
    else if (up) this.stuck = false;
    if (this.stuck) this.unseen = 0;
    this.show();
  }

  show() {
    this.jump.hidden = this.stuck;
    this.count.hidden = this.unseen === 0;
    this.count.textContent = this.unseen;
    this.jump.setAttribute('aria-label', this.unseen ? `${t('web.log.jump')}: ${this.unseen} ${t('web.log.new')}` : t('web.log.jump'));
  }
}
