// Comfort where script runs: every page works without it.

// Whoever is sent back to a refused form lands on what is wrong.
document.querySelector('[data-focus="now"]')?.focus();

// A button that removes something asks again, in a dialog of the page.
const sure = new WeakSet();

function ask(form, button) {
  const dialog = document.createElement('dialog');
  const question = document.createElement('p');
  const no = document.createElement('button');
  const yes = document.createElement('button');
  const buttons = document.createElement('div');
  question.id = 'confirm-question';
  question.textContent = button.dataset.confirm;
  no.type = yes.type = 'button';
  no.className = 'button secondary';
  yes.className = 'button danger';
  no.textContent = button.dataset.confirmNo;
  yes.textContent = button.dataset.confirmYes;
  buttons.className = 'form-buttons';
  buttons.append(yes, no);
  dialog.setAttribute('aria-labelledby', question.id);
  dialog.append(question, buttons);
  no.addEventListener('click', () => dialog.close());
  yes.addEventListener('click', () => {
    sure.add(form);
    dialog.close();
    form.requestSubmit(button);
  });
  dialog.addEventListener('close', () => { dialog.remove(); button.focus(); });
  document.body.append(dialog);
  dialog.showModal();
  no.focus();
}

document.addEventListener('submit', (event) => {
  const { target: form, submitter: button } = event;
  if (button?.dataset.confirm && !sure.has(form)) {
    event.preventDefault();
    ask(form, button);
    return;
  }
  sure.delete(form);
  form.removeAttribute('data-changed');
});

// Text typed and not sent is not left by mistake.
document.addEventListener('input', (event) => {
  event.target.form?.matches('[data-keep]') && event.target.form.setAttribute('data-changed', '');
});
window.addEventListener('beforeunload', (event) => {
  if (document.querySelector('form[data-changed]')) event.preventDefault();
});

// An address to hand on, shown in a field, is copied in one press, and the page says so.
for (const field of document.querySelectorAll('[data-copy]')) {
  const button = document.createElement('button');
  const said = document.createElement('span');
  button.type = 'button';
  button.className = 'button secondary';
  button.textContent = field.dataset.copy;
  said.className = 'copied';
  said.setAttribute('role', 'status');
  field.after(button, said);
  button.addEventListener('click', async () => {
    field.select();
    await navigator.clipboard.writeText(field.value);
    said.textContent = field.dataset.copied;
  });
}

// The menu of a phone closes with Escape.
document.addEventListener('keydown', (event) => {
  const menu = event.key === 'Escape' && event.target.closest?.('details.menu[open]');
  if (!menu) return;
  menu.open = false;
  menu.querySelector('summary').focus();
});

// The review of a text: one letter decides, while a fact has the focus, and the words of that fact are shown beside it.
const review = document.querySelector('[data-review]');
if (review) {
  const facts = [...review.querySelectorAll('[data-fact]')];
  const pane = review.querySelector('[data-review-text]');
  const decide = (fact, verdict) => fact.querySelector(`.fact-verdict button[value="${verdict}"]`)?.click();
  const move = (fact, step) => {
    let at = facts.indexOf(fact) + step;
    while (step > 0 && facts[at] && !facts[at].classList.contains('fact-pending')) at += step;
    facts[at]?.focus();
  };
  review.querySelector('[data-review-help]').hidden = false;
  review.addEventListener('keydown', (event) => {
    const fact = event.target.closest('[data-fact]');
    if (!fact || event.ctrlKey || event.altKey || event.metaKey || event.target.matches('input, select, textarea')) return;
    const act = { j: () => move(fact, 1), k: () => move(fact, -1), c: () => decide(fact, 'confirmed'), r: () => decide(fact, 'refused') }[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act();
  });
  review.addEventListener('focusin', (event) => {
    const fact = event.target.closest('[data-fact]');
    const words = fact && document.getElementById(`m-${fact.dataset.fact}`);
    if (!words) return;
    for (const mark of pane.querySelectorAll('mark[data-here]')) mark.removeAttribute('data-here');
    for (const mark of pane.querySelectorAll('mark')) if (mark.dataset.mark === fact.dataset.fact) mark.setAttribute('data-here', '');
    if (getComputedStyle(pane).position === 'sticky') pane.scrollTop += words.getBoundingClientRect().top - pane.getBoundingClientRect().top - 120;
  });
  const here = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (here?.matches('[data-fact]')) here.focus();
}

// A file that is larger than admitted is told at once, before it has travelled.
for (const field of document.querySelectorAll('input[data-max-size]')) {
  const said = document.createElement('p');
  said.className = 'fault';
  said.setAttribute('role', 'alert');
  field.before(said);
  field.addEventListener('change', () => {
    const large = [...field.files].some((file) => file.size > Number(field.dataset.maxSize));
    said.textContent = large ? field.dataset.tooLarge : '';
    if (large) field.value = '';
  });
}
