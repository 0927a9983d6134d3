// The door: a code typed, or brought by the link in the part of the address that no server sees.

import { t } from './words.js';
import { post } from './wire.js';

const form = document.getElementById('login');
const box = document.getElementById('code');
const trouble = document.getElementById('trouble');
const button = form.querySelector('button');

function complain(text) {
  trouble.textContent = text;
  trouble.hidden = !text;
  box.setAttribute('aria-invalid', text ? 'true' : 'false');
}

async function enter() {
  const code = box.value.trim();
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(code)) {
    complain(t('web.login.wrong'));
    box.focus();
    return;
  }
  complain('');
  button.disabled = true;
  const { status } = await post('/login', { code });
  button.disabled = false;
  if (status === 200) location.replace('/');
  else if (status === 429) complain(t('web.login.wait'));
  else if (status === 400) complain(t('web.login.wrong'));
  else complain(t('web.login.failed'));
}

form.addEventListener('submit', (e) => {
  e.preventDefault();
  enter();
});
box.addEventListener('input', () => complain(''));

// The link only fills the box: programs that look at links in advance must not use the code up.
function takeFromAddress() {
  let code = location.hash.slice(1);
  try {
    code = decodeURIComponent(code);
  } catch { /* as it is */ }
  if (code) {
    box.value = code;
    history.replaceState(null, '', location.pathname);
  }
  (code ? button : box).focus();
}

addEventListener('hashchange', takeFromAddress);
takeFromAddress();
