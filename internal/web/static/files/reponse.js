// Answers to an evaluation are kept while they are given. Without this script the button keeps them all the same.
const WAIT = 1500;

for (const form of document.querySelectorAll('form[data-answers]')) {
  const said = form.querySelector('[data-saved]');
  let timer = 0;
  let busy = false;
  let again = false;
  let stopped = false;

  const keep = async () => {
    if (busy) { again = true; return; }
    busy = true;
    try {
      const answer = await fetch(form.action, { method: 'POST', headers: { Accept: 'application/json' }, body: new URLSearchParams(new FormData(form)) });
      if (!(answer.headers.get('Content-Type') || '').startsWith('application/json')) throw new Error('no answer');
      const kept = await answer.json();
      said.textContent = kept.said;
      if (answer.ok) {
        form.elements.version.value = kept.version;
        if (!again) form.removeAttribute('data-changed');
      }
      stopped = answer.status === 409; // the button shows both texts
    } catch {
      said.textContent = form.dataset.answers;
    }
    busy = false;
    if (again && !stopped) { again = false; keep(); }
  };

  const later = (event) => {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(keep, event.target.type === 'radio' ? 300 : WAIT);
  };
  form.addEventListener('input', later);
  form.addEventListener('submit', () => { stopped = true; clearTimeout(timer); });
}
