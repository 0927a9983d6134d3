// Where the person types, and where files come in: by the button, pasted, or dropped.

import { page, t } from './words.js';
import { toast } from './notes.js';

const draft = `draft:${page.chat}`;

export class Composer {
  // on: { text(text), file(file) }
  constructor(on) {
    this.on = on;
    this.form = document.getElementById('composer');
    this.box = document.getElementById('text');
    this.button = document.getElementById('send');
    this.picker = document.getElementById('files');
    this.listenText();
    this.listenFiles();
    this.listenKeys();
    try {
      this.box.value = sessionStorage.getItem(draft) ?? '';
    } catch { /* no storage: no draft */ }
    this.grow();
  }

  listenText() {
    this.form.addEventListener('submit', (e) => {
      e.preventDefault();
      this.send();
    });
    this.box.addEventListener('input', () => this.grow());
    let shift = false;
    this.box.addEventListener('keydown', (e) => {
      shift = e.shiftKey;
      if (e.key !== 'Enter' || shift || e.isComposing || e.keyCode === 229) return;
      e.preventDefault();
      this.send();
    });
    // Keyboards on glass do not name their keys: there a line break is all that is seen.
    this.box.addEventListener('beforeinput', (e) => {
      if (!['insertLineBreak', 'insertParagraph'].includes(e.inputType) || shift || e.isComposing) return;
      e.preventDefault();
      this.send();
    });
  }

  listenFiles() {
    document.getElementById('attach').addEventListener('click', () => this.picker.click());
    this.picker.addEventListener('change', () => {
      this.take(this.picker.files);
      this.picker.value = '';
    });
    // Cells copied in Excel come as text and as a picture of themselves: the text is meant.
    document.addEventListener('paste', (e) => {
      if (!e.clipboardData.files.length || e.clipboardData.types.includes('text/plain')) return;
      e.preventDefault();
      this.take(e.clipboardData.files);
    });
    this.listenDrop(document.getElementById('drop'));
  }

  listenDrop(veil) {
    let depth = 0;
    const carries = (e) => e.dataTransfer?.types.includes('Files');
    addEventListener('dragenter', (e) => {
      if (carries(e)) veil.hidden = ++depth < 1;
    });
    addEventListener('dragleave', (e) => {
      if (carries(e) && --depth < 1) this.lower(veil, () => { depth = 0; });
    });
    addEventListener('dragover', (e) => {
      if (!carries(e)) return;
      e.preventDefault();
      e.dataTransfer.dropEffect = 'copy';
    });
    addEventListener('drop', (e) => {
      if (!carries(e)) return;
      e.preventDefault();
      this.lower(veil, () => { depth = 0; });
      const folders = [...e.dataTransfer.items].some((item) => item.webkitGetAsEntry?.()?.isDirectory);
      if (folders) toast(t('web.file.folder'));
      else this.take(e.dataTransfer.files);
    });
  }

  lower(veil, reset) {
    veil.hidden = true;
    reset();
  }

  // listenKeys lets typing begin anywhere: a "2" typed while a button has the focus is an answer.
  listenKeys() {
    document.addEventListener('keydown', (e) => {
      if (e.ctrlKey || e.metaKey || e.altKey || e.isComposing || document.querySelector('dialog[open]')) return;
      if (e.key === 'Escape') this.focus();
      const typing = e.target.closest?.('input, textarea, [popover]:popover-open');
      if (typing || [...e.key].length !== 1 || e.key === ' ') return;
      this.focus(); // the key itself then goes into the box
    });
  }

  send() {
    const text = this.box.value.replace(/^\s*\n|\s+$/g, '');
    if (!text) return;
    if (text.length > page.maxText) {
      toast(t('web.composer.too_long'));
      return;
    }
    this.box.value = '';
    this.grow();
    this.on.text(text);
  }

  take(files) {
    for (const file of files) {
      if (file.size > page.maxFile) toast(`${file.name}: ${t('web.file.too_large')}`);
      else if (file.size === 0) toast(`${file.name}: ${t('web.file.empty')}`);
      else this.on.file(file);
    }
    this.focus();
  }

  // grow makes the box as high as its text, and keeps the draft.
  grow() {
    const box = this.box;
    box.style.height = 'auto';
    box.style.height = `${box.scrollHeight + box.offsetHeight - box.clientHeight}px`;
    this.button.disabled = !box.value.trim();
    try {
      if (box.value) sessionStorage.setItem(draft, box.value);
      else sessionStorage.removeItem(draft);
    } catch { /* no storage: no draft */ }
  }

  focus() {
    this.box.focus({ preventScroll: true });
  }
}
