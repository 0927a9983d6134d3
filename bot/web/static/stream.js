// What the server tells: first what all events came to, then each one as it happens. After a break the stream goes on
// behind the last event that was seen.

import { get } from './wire.js';

const silence = 50000; // without a sign of life for so long, the connection is dead whatever the browser thinks

export class Stream {
  // on: { history(answer), event(e), state('online'|'connecting'|'offline'), elsewhere(ids), ended() }
  constructor(on) {
    this.on = on;
    this.last = -1;
    this.source = null;
    this.tries = 0;
    this.heard = 0;
    this.asleep = false; // another page of this person took our place
    this.timer = 0;
    setInterval(() => this.watch(), 5000);
    addEventListener('online', () => this.hurry());
    addEventListener('offline', () => this.fall());
    addEventListener('focus', () => this.wake());
    addEventListener('pageshow', () => this.wake());
    addEventListener('pagehide', () => this.close());
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') this.wake();
    });
  }

  start() {
    clearTimeout(this.timer);
    this.connect();
  }

  async connect() {
    this.close();
    this.on.state(this.tries > 1 ? 'offline' : 'connecting');
    if (this.last < 0 || this.tries > 1) {
      const answer = await get(this.last < 0 ? '/history' : '/history?before=none');
      if (answer.status === 401) return this.on.ended();
      if (answer.status !== 200) return this.later();
      if (this.last < 0) {
        this.last = answer.value.last;
        this.on.history(answer.value);
      }
    }
    this.open();
  }

  open() {
    const source = new EventSource(`/events?after=${this.last}`);
    this.source = source;
    this.heard = performance.now();
    const listen = (name, act) => source.addEventListener(name, (e) => {
      if (this.source !== source) return;
      this.heard = performance.now();
      act(e);
    });
    listen('ping', () => {
      this.tries = 0;
      this.on.state('online');
    });
    listen('message', (e) => {
      this.last = Math.max(this.last, Number(e.lastEventId) || 0);
      this.on.event(JSON.parse(e.data));
    });
    listen('elsewhere', (e) => this.on.elsewhere(JSON.parse(e.data)));
    listen('ended', () => this.on.ended());
    listen('reset', () => {
      this.last = -1;
      this.start();
    });
    listen('wait', () => {
      this.close();
      this.asleep = true;
      if (document.hasFocus()) this.wake();
    });
    listen('error', () => this.later());
  }

  // later tries again after a growing pause with some chance in it, so that not all pages come at once.
  later() {
    this.close();
    this.tries++;
    this.on.state(this.tries > 1 ? 'offline' : 'connecting');
    const pause = Math.min(500 * 2 ** Math.min(this.tries, 5), 12000) * (0.7 + Math.random() * 0.6);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.connect(), pause);
  }

  // hurry tries again at once.
  hurry() {
    this.asleep = false;
    this.start();
  }

  // wake is called when somebody looks at the page.
  wake() {
    if (this.asleep || this.timerIsDue()) this.hurry();
  }

  timerIsDue() {
    return !this.source || performance.now() - this.heard > silence / 2;
  }

  fall() {
    this.tries = Math.max(this.tries, 2);
    this.on.state('offline');
  }

  watch() {
    if (this.source && performance.now() - this.heard > silence) this.later();
  }

  close() {
    this.source?.close();
    this.source = null;
  }
}
