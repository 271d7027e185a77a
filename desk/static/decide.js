// What a press of a button of the desk shows at once, and what else helps to decide. Every form works without.
(() => {
  // --- The form that was sent is dimmed until its answer is there. After desk.js, which keeps one that needs a note. ---
  const rest = (form) => {
    form.classList.remove('sent');
    form.querySelector('.pressed')?.classList.remove('pressed');
  };
  document.addEventListener(
    'submit',
    (event) => {
      const { target, submitter, defaultPrevented } = event;
      if (defaultPrevented || target.method !== 'post') return;
      target.classList.add('sent');
      submitter?.classList.add('pressed');
    },
    true,
  );
  document.addEventListener('htmx:afterRequest', ({ detail }) => {
    if (detail.elt.matches('form.sent')) rest(detail.elt);
  });
  // Back from the page that it led to.
  addEventListener('pageshow', () => document.querySelectorAll('form.sent').forEach(rest));

  // --- Ctrl+Enter saves what is being edited, and approves it where that can be done. ---
  document.addEventListener('keydown', (event) => {
    const { key, ctrlKey, metaKey, target } = event;
    const form = key === 'Enter' && (ctrlKey || metaKey) && target.closest?.('form.edit');
    if (!form) return;
    event.preventDefault();
    form.querySelector('button[type=submit]').click();
  });

  // --- An address is copied by a button. ---
  const showCopy = () => {
    if (navigator.clipboard)
      for (const button of document.querySelectorAll('[data-copy]')) button.hidden = false;
  };
  document.addEventListener('click', async ({ target }) => {
    const address = target.dataset?.copy;
    if (address === undefined) return;
    await navigator.clipboard.writeText(address);
    target.textContent = 'Copied';
  });
  document.addEventListener('htmx:afterSettle', showCopy);
  showCopy();
})();
