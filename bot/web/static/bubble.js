// One message as elements. All text enters by textContent: nothing that was typed or read from a file is markup.

import { el, icon, sizeOf, t, timeOf } from './words.js';

const kinds = {
  xlsx: 'sheet', xls: 'sheet', xlsm: 'sheet', ods: 'sheet', csv: 'sheet', pdf: 'pdf', doc: 'text', docx: 'text', odt: 'text', txt: 'text',
  png: 'image', jpg: 'image', jpeg: 'image', gif: 'image', webp: 'image', heic: 'image',
};
const pictures = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];

// bubble makes the list item of a message. acts: { press(message, choice, key), say(text), retry(id), discard(id) }.
export function bubble(m, acts) {
  const side = m.own ? 'own' : 'bot';
  const box = el('article', { class: 'bubble' }, el('span', { class: 'sr' }, `${t(m.own ? 'web.log.you' : 'web.log.bot')} `));
  const file = m.file ? fileOf(m) : null;
  const text = m.text?.length ? textOf(m.text, m.own ? null : acts.say) : null;
  box.append(...[file, text].filter(Boolean), stampOf(m));
  const item = el('li', { class: `message ${side}`, 'data-id': m.id }, box);
  if (m.choices?.length) {
    item.classList.add('with-keys');
    item.append(keysOf(m, acts));
  }
  if (m.state === 'failed') item.append(troubleOf(m, acts));
  if (m.state) item.classList.add(m.state);
  return item;
}

// textOf makes the lines of a text; say, when given, is what a tapped command does.
export function textOf(lines, say) {
  return el('div', { class: 'text' }, ...lines.map((line) => {
    const node = el('div', { class: line?.length ? 'line' : 'line blank' });
    for (const span of line ?? []) node.append(...spanOf(span, say));
    return node;
  }));
}

function spanOf(span, say) {
  switch (span.s) {
    case 'strong': return [el('b', {}, ...piecesOf(span.t, say))];
    case 'mono': return [el('code', {}, ...piecesOf(span.t))];
    case 'faint': return [el('span', { class: 'faint' }, ...piecesOf(span.t, say))];
    default: return piecesOf(span.t, say);
  }
}

// piecesOf shows a drawn bar (▓▓▓░░) as a bar, and a command (/sua) as something to tap.
function piecesOf(text, say) {
  return text.split(/([▓█▒░]{4,}|(?<![^\s(“"])\/[a-z][a-z_]{1,30}(?![^\s.,;:)”"!?]))/u).map((piece, i) => {
    if (i % 2 === 0) return piece;
    if (piece[0] !== '/') return barOf([...piece].filter((c) => c !== '░').length / [...piece].length);
    return say ? el('button', { type: 'button', class: 'command', onclick: () => say(piece) }, piece) : piece;
  });
}

// barOf draws how far something is, 0 to 1.
export function barOf(part, label = t('web.progress')) {
  const fill = el('i');
  const bar = el('span', { class: 'bar', role: 'progressbar', 'aria-label': label, 'aria-valuemin': 0, 'aria-valuemax': 100 }, fill);
  setBar(bar, part);
  return bar;
}

export function setBar(bar, part) {
  const percent = Math.round(part * 100);
  bar.setAttribute('aria-valuenow', percent);
  bar.firstChild.style.width = `${percent}%`;
}

// badgeOf fills a badge with the kind of file, by its name.
export function badgeOf(badge, name) {
  const end = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1].toLowerCase();
  badge.dataset.kind = kinds[end] ?? 'other';
  badge.replaceChildren(end ? end.toUpperCase() : icon('file'));
  return badge;
}

function fileOf(m) {
  const { id, name, mime, size } = m.file;
  if (id && pictures.includes(mime)) return pictureOf(m);
  const details = el('small', {}, sizeOf(size));
  const inside = [
    badgeOf(el('span', { class: 'badge', 'aria-hidden': 'true' }), name),
    el('span', { class: 'two' }, el('b', {}, name), details),
  ];
  if (!id) {
    if (m.state === 'pending') inside[1].append(barOf(m.part ?? 0, t('web.message.uploading')));
    return el('div', { class: 'file' }, ...inside);
  }
  details.append(el('span', { class: 'get' }, icon('save'), t('web.file.download')));
  return el('a', { class: 'file', href: `/file/${id}`, download: name }, ...inside);
}

function pictureOf(m) {
  const path = `/file/${m.file.id}`;
  return el('a', { class: 'picture', href: path, download: m.file.name, title: t('web.file.download') },
    el('img', { src: path, alt: m.file.name, loading: 'lazy', decoding: 'async' }));
}

function stampOf(m) {
  const stamp = el('footer', { class: 'stamp' }, el('time', { datetime: m.at }, timeOf(m.at)));
  if (!m.own) return stamp;
  const [name, label] = {
    pending: ['clock', t('web.message.pending')], failed: ['alert', t('web.message.failed')],
  }[m.state] ?? ['check', t('web.message.sent')];
  stamp.append(icon(name, label));
  return stamp;
}

function keysOf(m, acts) {
  return el('div', { class: 'keys' }, ...m.choices.map((row) => el('div', { class: 'keys-row' }, ...row.map((choice) => {
    const key = el('button', { type: 'button', class: 'key' }, choice.label);
    key.addEventListener('click', () => acts.press(m, choice, key));
    return key;
  }))));
}

function troubleOf(m, acts) {
  const again = m.refused === 413 || m.refused === 400 ? null
    : el('button', { type: 'button', onclick: () => acts.retry(m.id) }, t('web.message.retry'));
  return el('div', { class: 'trouble-row' }, m.refused === 413 ? t('web.file.too_large') : t('web.message.failed'), again,
    el('button', { type: 'button', onclick: () => acts.discard(m.id) }, t('web.message.discard')));
}

