// What scripts add to the calendar: posts are moved by hand and by keys. Without them, links and buttons move them.
(() => {
  const find = (selector) => document.querySelector(selector);

  // --- By hand: an entry is dragged to a slot, to another post, or to a day. ---
  let dragged = null;
  /** Where something would be put down: on what the pointer is over, else on its day. */
  function placeAt(element) {
    const entry = element.closest('.entry[data-target]');
    if (entry === dragged) return null;
    // A slot is one of its account; what is dropped on another's is dropped on the day.
    const isOwn = entry?.dataset.account === dragged.dataset.account;
    return isOwn ? entry : element.closest('.day[data-date]');
  }
  const unmark = () => find('.calendar .over-it')?.classList.remove('over-it');
  document.addEventListener('dragstart', (event) => {
    dragged = find('#drop') && event.target.closest?.('.entry[draggable=true]');
    if (!dragged) return;
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', dragged.querySelector('.entry-title').textContent);
    dragged.classList.add('picked');
  });
  document.addEventListener('dragover', (event) => {
    const place = dragged && placeAt(event.target);
    unmark();
    if (!place) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'move';
    place.classList.add('over-it');
  });
  document.addEventListener('drop', (event) => {
    const place = dragged && placeAt(event.target);
    const form = find('#drop');
    if (!place || !form) return;
    event.preventDefault();
    form.elements.post.value = dragged.dataset.post;
    form.elements.target.value = place.dataset.target ?? place.dataset.date;
    form.requestSubmit();
  });
  document.addEventListener('dragend', () => {
    unmark();
    dragged?.classList.remove('picked');
    dragged = null;
  });

  // --- By keys: Enter or Space picks a post up, arrows go from slot to slot, Enter puts it there, Escape leaves it. ---
  const targets = () => [...document.querySelectorAll('.calendar .target')];
  const isChoosing = (element) => element?.closest('input, select, textarea, a, button:not(.target)');
  function go(step) {
    const all = targets();
    const at = all.indexOf(document.activeElement);
    all[at < 0 ? 0 : Math.min(Math.max(at + step, 0), all.length - 1)]?.focus();
  }
  const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -Infinity, End: Infinity };
  document.addEventListener('keydown', (event) => {
    const { target, key, ctrlKey, metaKey, altKey } = event;
    if (ctrlKey || metaKey || altKey) return;
    if (key === ' ' && target.matches('.move-link')) {
      event.preventDefault();
      target.click();
    }
    if (!find('#move')) return;
    if (key === 'Escape') find('.cancel-move').click();
    else if (Object.hasOwn(STEPS, key) && !isChoosing(target)) {
      event.preventDefault();
      go(STEPS[key]);
    }
  });

  // --- Where the focus goes when the page has changed. ---
  let moving = find('#main').dataset.moving ?? null;
  function onShown() {
    const before = moving;
    moving = find('#main').dataset.moving ?? null;
    if (moving !== null && moving !== before) {
      const entries = [...document.querySelectorAll('.calendar .entry')];
      const picked = entries.findIndex((entry) => entry.id === `post-${moving}`);
      const next = entries.slice(picked + 1).find((entry) => entry.querySelector('.target'));
      (next?.querySelector('.target') ?? targets()[0] ?? find('#move-slot'))?.focus();
    } else if (moving === null && before !== null) find(`#post-${before} .move-link`)?.focus();
  }
  document.addEventListener('htmx:afterSettle', ({ detail }) => {
    if (detail.target?.id === 'main') onShown();
  });
  // The first page of a browser was made before `desk.js` told its zone; one that the server doesn't know stays as it is.
  if (find('#main').dataset.zone !== Intl.DateTimeFormat().resolvedOptions().timeZone)
    addEventListener('load', () =>
      htmx.ajax('GET', location.href, { target: '#main', select: '#main', swap: 'outerHTML' }),
    );
  document.addEventListener('change', ({ target }) => {
    if (target.id === 'calendar-account') target.form.requestSubmit();
  });
})();
