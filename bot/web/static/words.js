// The page's words and what else the server told it; days, times, sizes.

export const page = JSON.parse(document.getElementById('page').textContent);

// t gives a text by its key.
export function t(key) {
  return page.words[key] ?? key;
}

// The campaign's days are those of Vietnam, wherever the page is opened.
const zone = 'Asia/Ho_Chi_Minh';
const clock = new Intl.DateTimeFormat(page.language, { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const civil = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
const thisYear = new Intl.DateTimeFormat(page.language, { timeZone: zone, weekday: 'long', day: 'numeric', month: 'numeric' });
const anyYear = new Intl.DateTimeFormat(page.language, { timeZone: zone, day: 'numeric', month: 'numeric', year: 'numeric' });

export function timeOf(at) {
  return clock.format(new Date(at));
}

// dayKey is the same for all moments of a day.
export function dayKey(at) {
  return civil.format(new Date(at));
}

export function dayName(at) {
  const key = dayKey(at);
  const now = Date.now();
  if (key === dayKey(now)) return t('web.day.today');
  if (key === dayKey(now - 86400e3)) return t('web.day.yesterday');
  const text = (key.slice(0, 4) === dayKey(now).slice(0, 4) ? thisYear : anyYear).format(new Date(at));
  return text.charAt(0).toLocaleUpperCase(page.language) + text.slice(1);
}

const whole = new Intl.NumberFormat(page.language, { maximumFractionDigits: 0 });
const tenth = new Intl.NumberFormat(page.language, { maximumFractionDigits: 1 });

export function sizeOf(bytes) {
  if (!bytes) return '';
  if (bytes < 1000) return `${whole.format(bytes)} B`;
  if (bytes < 1e6) return `${whole.format(bytes / 1000)} KB`;
  return `${tenth.format(bytes / 1e6)} MB`;
}

// initials are the first letters of the first and the last word of a name.
export function initials(name) {
  const words = name.trim().split(/\s+/);
  const ends = words.length > 1 ? [words[0], words[words.length - 1]] : words;
  return ends.map((word) => [...word][0] ?? '').join('').toLocaleUpperCase(page.language);
}

// el makes an element: el('b', { class: 'x', onclick: f }, 'text', child).
export function el(name, props = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? '' : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

// icon makes one of the pictures that the page holds.
export function icon(name, label) {
  const ns = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(ns, 'svg');
  const use = document.createElementNS(ns, 'use');
  svg.setAttribute('class', 'icon');
  use.setAttribute('href', `#i-${name}`);
  if (label) {
    svg.setAttribute('role', 'img');
    svg.setAttribute('aria-label', label);
  } else {
    svg.setAttribute('aria-hidden', 'true');
  }
  svg.append(use);
  return svg;
}
