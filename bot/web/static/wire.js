// Requests to the server. None of these throws: the answer is { status, wait }, status 0 when nothing came back.

import { page } from './words.js';

// Only our own script can set this header; its value says for whom the page was loaded.
const marker = { 'X-Lamsach': page.chat || 'door' };

// post sends a small JSON body.
export async function post(path, body) {
  const gone = new AbortController();
  const timer = setTimeout(() => gone.abort(), 20000);
  try {
    const answer = await fetch(path, {
      method: 'POST', headers: { ...marker, 'Content-Type': 'application/json' }, body: JSON.stringify(body),
      credentials: 'same-origin', cache: 'no-store', redirect: 'error', signal: gone.signal,
    });
    return { status: answer.status, wait: Number(answer.headers.get('Retry-After')) || 0 };
  } catch {
    return { status: 0, wait: 0 };
  } finally {
    clearTimeout(timer);
  }
}

// get reads JSON; value is undefined when there was none.
export async function get(path) {
  const gone = new AbortController();
  const timer = setTimeout(() => gone.abort(), 20000);
  try {
    const answer = await fetch(path, { credentials: 'same-origin', cache: 'no-store', redirect: 'error', signal: gone.signal });
    return { status: answer.status, value: answer.ok ? await answer.json() : undefined };
  } catch {
    return { status: 0, value: undefined };
  } finally {
    clearTimeout(timer);
  }
}

// upload sends a file and tells how far it is (0 to 1). abort() on the returned object stops it.
export function upload(id, file, progress) {
  const request = new XMLHttpRequest();
  const done = new Promise((resolve) => {
    request.open('POST', '/upload');
    request.setRequestHeader('X-Lamsach', marker['X-Lamsach']);
    request.setRequestHeader('X-Lamsach-File', encodeURIComponent(JSON.stringify({ id, name: file.name, mime: file.type })));
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.upload.addEventListener('progress', (e) => { if (e.lengthComputable) progress(e.loaded / e.total); });
    request.addEventListener('loadend', () => {
      resolve({ status: request.status, wait: Number(request.getResponseHeader('Retry-After')) || 0 });
    });
    request.send(file);
  });
  return { done, abort: () => request.abort() };
}

// newID makes the id of a message: it makes sending again harmless.
export function newID() {
  const raw = crypto.getRandomValues(new Uint8Array(12));
  return `u${[...raw].map((b) => b.toString(16).padStart(2, '0')).join('')}`;
}
