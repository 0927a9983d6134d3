// What the person did and the server does not have yet. Texts and presses go in order, files in order beside them, so
// that a slow file holds up no answer. Each keeps its id: sending again is harmless.

import { page } from './words.js';
import { newID, post, upload } from './wire.js';

const pressLife = 15000; // a press that could not be sent for so long is given up
const shelf = `unsent:${page.chat}`;

export class Queue {
  // on: { settled(item), failed(item), progress(item, part), given(item), ended() }
  constructor(on) {
    this.on = on;
    this.lanes = { talk: new Lane(this), files: new Lane(this) };
  }

  // restore gives back the texts that an earlier load of this tab could not send, and goes on sending them.
  restore() {
    let items = [];
    try {
      items = JSON.parse(sessionStorage.getItem(shelf)) ?? [];
    } catch {
      items = [];
    }
    for (const item of items) this.lanes.talk.add(item);
    return items;
  }

  text(text) {
    return this.lanes.talk.add({ id: newID(), kind: 'text', text, at: new Date().toISOString() });
  }

  press(message, data) {
    return this.lanes.talk.add({ id: newID(), kind: 'press', message, data, until: Date.now() + pressLife });
  }

  file(file) {
    return this.lanes.files.add({ id: newID(), kind: 'file', file, at: new Date().toISOString() });
  }

  sample(sample, name) {
    return this.lanes.files.add({ id: newID(), kind: 'sample', sample, name, at: new Date().toISOString() });
  }

  retry(id) {
    for (const lane of Object.values(this.lanes)) lane.retry(id);
  }

  discard(id) {
    for (const lane of Object.values(this.lanes)) lane.discard(id);
  }

  // nudge tries again at once: the network may be back.
  nudge() {
    for (const lane of Object.values(this.lanes)) lane.nudge();
  }

  clear() {
    sessionStorage.removeItem(shelf);
  }

  // losesFiles reports whether closing the page would lose a file on its way.
  get losesFiles() {
    return this.lanes.files.items.length > 0;
  }

  save() {
    const texts = this.lanes.talk.items.filter((item) => item.kind === 'text' && !item.refused);
    try {
      if (texts.length) sessionStorage.setItem(shelf, JSON.stringify(texts));
      else sessionStorage.removeItem(shelf);
    } catch { /* no room, or forbidden: they are kept as long as the page is open */ }
  }
}

// A Lane sends one after the other.
class Lane {
  constructor(queue) {
    this.queue = queue;
    this.items = [];
    this.busy = false;
    this.pause = 0;
    this.timer = 0;
  }

  add(item) {
    this.items.push(item);
    this.queue.save();
    this.run();
    return item;
  }

  retry(id) {
    const item = this.items.find((one) => one.id === id);
    if (!item) return;
    item.refused = false;
    this.nudge();
  }

  discard(id) {
    const item = this.items.find((one) => one.id === id);
    if (!item) return;
    this.drop(item);
    item.abort?.();
  }

  drop(item) {
    this.items = this.items.filter((one) => one !== item);
    this.queue.save();
  }

  nudge() {
    clearTimeout(this.timer);
    this.pause = 0;
    this.run();
  }

  async run() {
    if (this.busy) return;
    clearTimeout(this.timer);
    const item = this.items.find((one) => !one.refused);
    if (!item) return;
    if (item.until && Date.now() > item.until) {
      this.drop(item);
      this.queue.on.given(item);
      this.run();
      return;
    }
    this.busy = true;
    const answer = await this.transmit(item);
    this.busy = false;
    this.settle(item, answer);
  }

  transmit(item) {
    switch (item.kind) {
      case 'press':
        return post('/send', { id: item.id, press: { message: item.message, data: item.data } });
      case 'sample':
        return post('/sample', { id: item.id, sample: item.sample });
      case 'file': {
        const sending = upload(item.id, item.file, (part) => this.queue.on.progress(item, part));
        item.abort = sending.abort;
        return sending.done;
      }
      default:
        return post('/send', { id: item.id, text: item.text });
    }
  }

  settle(item, { status, wait }) {
    const here = this.items.includes(item);
    if (status === 200) {
      this.pause = 0;
      if (here) this.drop(item);
      this.queue.on.settled(item);
    } else if (status === 401) {
      this.queue.on.ended();
      return;
    } else if (status >= 400 && status < 500 && status !== 429 && status !== 408) {
      item.refused = status;
      if (item.kind === 'press') this.drop(item);
      if (here) this.queue.on.failed(item, status);
    } else if (here) {
      this.pause = Math.min(Math.max(this.pause * 2, wait * 1000, 800), 15000);
      this.timer = setTimeout(() => this.run(), this.pause);
      return;
    }
    this.run();
  }
}
