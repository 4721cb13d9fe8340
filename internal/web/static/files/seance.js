// A sitting: what is typed is saved as it is typed, a lost connection loses nothing, and two secretaries see each other's
// changes. Without this script every part of the page is a form.

const WAIT = 1500; // after the last key, in milliseconds
const POLL = 3000;
const RETRY = 4000;

const root = document.querySelector('[data-sitting]');
const screen = document.querySelector('[data-screen]');

async function ask(url, options = {}) {
  const answer = await fetch(url, { cache: 'no-store', headers: { Accept: 'application/json' }, ...options });
  if (answer.status === 304) return { status: 304 };
  if (!(answer.headers.get('Content-Type') || '').startsWith('application/json')) return { status: answer.status };
  return { status: answer.status, data: await answer.json() };
}

const send = (form, body) => ask(form.getAttribute('action'), { method: 'POST', body: new URLSearchParams(body) });

// The projector shows the page anew when anything changed.
if (screen) {
  setInterval(async () => {
    try {
      const { status } = await ask(`${screen.dataset.state}?depuis=${screen.dataset.seq}`);
      if (status === 200) location.reload();
    } catch { /* the next time, perhaps */ }
  }, POLL);
}

if (root) {
  const say = root.dataset;
  const status = root.querySelector('[data-saved]');
  let seq = Number(say.seq);
  let over = false;
  const keepers = [];

  const tell = (text, tone) => {
    status.textContent = text;
    status.dataset.tone = tone || '';
  };

  const store = {
    get(key) { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
    set(key, value) { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* full or forbidden: the page itself keeps it */ } },
    drop(key) { try { localStorage.removeItem(key); } catch { /* as above */ } },
  };

  // A form that saves itself. Base is what it held when it was last as the server has it: a field that differs from it was
  // changed here.
  class Keeper {
    constructor(box) {
      this.name = box.dataset.autosave;
      this.form = box.querySelector('form');
      this.key = `entente:${say.sitting}:${say.point}:${this.name}`;
      this.base = this.values();
      this.timer = 0;
      this.busy = false;
      this.form.addEventListener('input', (event) => this.changed(event.target.type === 'radio' || event.target.tagName === 'SELECT' ? 300 : WAIT));
      this.form.addEventListener('change', () => this.changed(300));
      this.form.addEventListener('focusout', () => this.dirty() && this.later(50));
      this.restore();
    }

    hidden(name) { return name === 'point' || name.startsWith('version'); }

    values() { return Object.fromEntries(new FormData(this.form)); }

    dirty() {
      const now = this.values();
      return Object.keys(now).some((name) => !this.hidden(name) && now[name] !== (this.base[name] ?? ''));
    }

    set(name, value) {
      for (const control of this.form.elements) {
        if (control.name !== name) continue;
        if (control.type === 'radio') control.checked = control.value === value;
        else control.value = value;
      }
    }

    // What could not be saved before the page was left is taken up again.
    restore() {
      const kept = store.get(this.key);
      if (!kept) return;
      for (const [name, value] of Object.entries(kept.values)) if (!this.hidden(name)) this.set(name, value);
      if (!this.dirty()) return store.drop(this.key);
      for (const [name, value] of Object.entries(kept.values)) if (this.hidden(name)) this.set(name, value);
      this.base = { ...this.base, ...kept.base };
      tell(say.restored, 'warning');
      this.later(100);
    }

    changed(wait) {
      if (!this.dirty()) return;
      store.set(this.key, { values: this.values(), base: this.base });
      tell(say.saving);
      this.later(wait);
    }

    later(wait) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.save(), wait);
    }

    async save() {
      if (this.busy) return this.later(200);
      if (!this.dirty() || this.form.querySelector('.sitting-both') || over) return;
      const sent = this.values();
      this.busy = true;
      try {
        const { status: code, data } = await send(this.form, sent);
        if (code === 200) this.saved(sent, data);
        else if (code === 409) this.merge(data);
        else if (code === 422) this.faulty(data);
        else throw new Error(code);
      } catch {
        tell(say.lost, 'bad');
        this.later(RETRY);
      } finally {
        this.busy = false;
      }
    }

    saved(sent, data) {
      this.faults({});
      for (const [name, value] of Object.entries(data.fields)) if (this.hidden(name)) this.set(name, value);
      this.base = { ...data.fields };
      for (const [name, value] of Object.entries(sent)) if (!this.hidden(name)) this.base[name] = value;
      this.form.removeAttribute('data-changed');
      if (this.dirty()) return this.changed(WAIT);
      store.drop(this.key);
      tell(data.said, 'good');
    }

    faulty(data) {
      this.faults(data.faults || {});
      tell(data.said, 'bad');
    }

    faults(list) {
      for (const old of this.form.querySelectorAll('.sitting-fault')) old.remove();
      for (const [name, text] of Object.entries(list)) {
        const control = [...this.form.elements].find((e) => e.name === name);
        const fault = document.createElement('p');
        fault.className = 'fault sitting-fault';
        fault.textContent = text;
        control?.closest('.field').prepend(fault);
      }
    }

    // Somebody else has saved the same form. What only one of the two has changed is taken; where both have, both are shown.
    merge(data) {
      const mine = this.values();
      const theirs = data.fields;
      let clash = false;
      for (const [name, value] of Object.entries(theirs)) {
        if (this.hidden(name)) {
          this.set(name, value);
        } else if (mine[name] === (this.base[name] ?? '')) {
          this.set(name, value);
        } else if (value !== (this.base[name] ?? '') && value !== mine[name]) {
          this.both(name, value);
          clash = true;
        }
      }
      this.base = { ...theirs };
      store.set(this.key, { values: this.values(), base: this.base });
      if (clash) tell(data.said || say.both, 'warning');
      else if (this.dirty()) this.later(50);
      else this.saved(this.values(), { fields: theirs, said: '' });
    }

    both(name, value) {
      const control = [...this.form.elements].find((e) => e.name === name);
      const field = control.closest('.field');
      field.querySelector('.sitting-both')?.remove();
      const box = document.createElement('div');
      box.className = 'sitting-both';
      box.setAttribute('role', 'group');
      box.setAttribute('aria-label', say.both);
      const text = document.createElement('p');
      const radio = control.type === 'radio' && [...this.form.elements].find((e) => e.name === name && e.value === value);
      text.textContent = radio ? radio.labels[0].textContent : control.tagName === 'SELECT' ? [...control.options].find((o) => o.value === value)?.textContent : value;
      const pick = (label, act) => {
        const button = document.createElement('button');
        button.type = 'button';
        button.className = 'button secondary';
        button.textContent = label;
        button.addEventListener('click', () => {
          act();
          box.remove();
          store.set(this.key, { values: this.values(), base: this.base });
          this.dirty() ? this.later(50) : this.saved(this.values(), { fields: { ...this.base }, said: '' });
        });
        return button;
      };
      box.append(text, pick(say.mine, () => {}), pick(say.theirs, () => this.set(name, value)));
      field.append(box);
    }

    // What somebody else has saved comes into the fields that nobody changes here.
    take(fields) {
      if (!fields || this.busy) return;
      if (this.dirty()) return; // the answer to its own save says the rest
      for (const [name, value] of Object.entries(fields)) if (value !== this.values()[name]) this.set(name, value);
      this.base = { ...fields };
    }
  }

  // Parts of the page that change by themselves; one that is being used waits until it is left.
  const waiting = new Map();
  const put = (part, html) => {
    if (part.contains(document.activeElement) && document.activeElement.matches('input, select, textarea')) {
      waiting.set(part, html);
      return;
    }
    waiting.delete(part);
    if (part.dataset.html === html) return;
    const focused = part.contains(document.activeElement) && document.activeElement;
    const again = focused && { value: focused.value, seat: focused.closest('li')?.id };
    part.innerHTML = html;
    part.dataset.html = html;
    if (again?.seat) [...document.getElementById(again.seat)?.querySelectorAll('button') || []].find((b) => b.value === again.value)?.focus();
  };
  document.addEventListener('focusout', () => setTimeout(() => waiting.forEach((html, part) => put(part, html)), 0));

  let asking = false;
  async function look(all) {
    if (asking || over) return;
    asking = true;
    try {
      const { status: code, data } = await ask(`${say.state}?depuis=${all ? 0 : seq}&point=${encodeURIComponent(say.point)}`);
      if (status.dataset.tone === 'bad' && status.textContent === say.lost) keepers.forEach((k) => k.dirty() && k.later(50));
      if (code === 200) {
        seq = data.seq;
        if (data.state !== 'open') {
          over = true;
          tell(say.ended, 'bad');
          return;
        }
        for (const [name, html] of Object.entries(data.live || {})) document.querySelectorAll(`[data-live="${name}"]`).forEach((part) => put(part, html));
        for (const k of keepers) k.take(data.forms?.[k.name]);
        for (const from of document.querySelectorAll('form input[name="from"]')) from.value = data.current;
      }
    } catch { /* what is typed says that the connection is lost; the next look finds out */ } finally {
      asking = false;
    }
  }

  for (const box of root.querySelectorAll('[data-autosave]')) keepers.push(new Keeper(box));
  setInterval(() => look(false), POLL);
  window.addEventListener('online', () => keepers.forEach((k) => k.dirty() && k.later(50)));

  // A form that saves itself needs no button; sent all the same, it saves at once and the page stays.
  root.addEventListener('submit', (event) => {
    const keeper = keepers.find((k) => k.form === event.target);
    if (!keeper) return;
    event.preventDefault();
    keeper.later(0);
  });

  // One press a seat. What could not be sent is sent again, in its order.
  const presses = `entente:${say.sitting}:presses`;
  async function flush() {
    const queue = store.get(presses) || [];
    while (queue.length) {
      const { action, body } = queue[0];
      let code, data;
      try {
        ({ status: code, data } = await ask(action, { method: 'POST', body: new URLSearchParams(body) }));
      } catch {
        tell(say.lost, 'bad');
        setTimeout(flush, RETRY);
        return;
      }
      queue.shift();
      store.set(presses, queue);
      tell(data?.said || say.refused, code === 200 ? 'good' : 'bad');
    }
    store.drop(presses);
    look(true);
  }
  document.addEventListener('submit', (event) => {
    const { target: form, submitter } = event;
    if (!form.matches('[data-quick]')) return;
    event.preventDefault();
    const body = Object.fromEntries(new FormData(form, submitter));
    if (submitter?.matches('.tap')) for (const b of form.querySelectorAll('.tap[aria-pressed]')) b.setAttribute('aria-pressed', String(b === submitter));
    store.set(presses, [...(store.get(presses) || []), { action: form.getAttribute('action'), body }]);
    flush();
  });
  if (store.get(presses)) flush();

  // The clock of the current item.
  const clock = root.querySelector('[data-clock][data-running]');
  if (clock) {
    const begun = Date.now() - Number(clock.dataset.spent) * 1000;
    setInterval(() => {
      const minutes = Math.floor((Date.now() - begun) / 60000);
      clock.textContent = clock.textContent.replace(/^\d+/, minutes);
    }, 10000);
  }
}
