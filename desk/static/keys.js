// The keys of the desk. The highlight moves with each press, and the piece is loaded when the hand rests: at 30 ms a press a page
// for each would come too late, and take the highlight back to where it was asked for.
(() => {
  if (!globalThis.htmx) return;
  const { decide, sendNote, leaveNote, select } = globalThis.desk;
  const find = (selector) => document.querySelector(selector);
  /** Longer than between two presses of a key that is held down. */
  const REST_MS = 90;

  /** The row whose piece is not there yet, by its id; null once it is. */
  let wanted = null;
  let rest = 0;
  /** A key that waits for the piece. */
  let next = null;

  const marked = () => find('.posts .row > a[aria-current]');
  const shown = () => `row-${find('.reader')?.dataset.post}`;

  function mark(link) {
    for (const each of document.querySelectorAll('.posts a[aria-current]'))
      each.removeAttribute('aria-current');
    link.setAttribute('aria-current', 'true');
    link.scrollIntoView({ block: 'nearest' });
    wanted = link.parentElement.id;
    // The rows are fetched again with it.
    const field = find('#list-query [name=shown]');
    if (field) field.value = wanted.replace('row-', '');
  }
  /** The row so many further on, which is highlighted from here on; undefined at the list's end. */
  function go(step) {
    const links = [...document.querySelectorAll('.posts .row > a')];
    const at = links.indexOf(marked());
    const link = links[at < 0 ? 0 : at + step];
    if (!link) return undefined;
    mark(link);
    next = null;
    htmx.trigger('#main', 'htmx:abort');
    clearTimeout(rest);
    rest = setTimeout(load, REST_MS);
    return link.parentElement;
  }
  function load() {
    clearTimeout(rest);
    document.getElementById(wanted)?.querySelector('a').click();
  }
  function selectTo(step) {
    if (select.from() === null) select.startAt(marked()?.parentElement);
    const row = go(step);
    if (row) select.reach(row);
  }
  function move(step) {
    select.startAt(null);
    go(step);
  }

  /** Nothing is decided that isn't there to be read: a key that opens a field waits for the piece, an approval is left. */
  function onPiece(key, act) {
    if (wanted === null) return act();
    next = key === 'a' ? null : act;
    load();
  }
  const several = (decision) => decide(decision, '.several-bar');
  const areChosen = () => select.chosen().length > 0;
  const KEYS = {
    a: () => (areChosen() ? several('approve') : onPiece('a', () => decide('approve'))),
    r: () => (areChosen() ? several('reject') : onPiece('r', () => decide('reject'))),
    v: () => onPiece('v', () => decide('revise')),
    e: () =>
      onPiece('e', () => {
        const button = find('.decide button[form^=open-edit]');
        if (button?.checkVisibility()) button.click();
      }),
    j: () => move(1),
    k: () => move(-1),
    x: () => select.toggle(marked()?.parentElement),
    'Shift+j': () => selectTo(1),
    'Shift+k': () => selectTo(-1),
    '/': () => find('#q')?.select(),
    '?': () => find('#keys')?.showModal(),
    Escape: () => select.chooseAll(false),
  };
  const REPEATED = ['j', 'k', 'Shift+j', 'Shift+k'];
  const nameOf = ({ key, shiftKey }) =>
    /^[a-z]$/i.test(key) ? `${shiftKey ? 'Shift+' : ''}${key.toLowerCase()}` : key;
  const isTyping = (element) =>
    element?.closest('input:not([type=checkbox]), textarea, select, [contenteditable]');

  document.addEventListener('keydown', (event) => {
    const { target, key, repeat, ctrlKey, metaKey, altKey } = event;
    if (key === 'Enter' && (ctrlKey || metaKey) && sendNote(target)) return event.preventDefault();
    if (ctrlKey || metaKey || altKey || find('dialog[open]')) return;
    if (isTyping(target)) {
      if (key !== 'Escape') return;
      leaveNote();
      return target.blur();
    }
    // What is typed for a field that has yet to come is no key.
    if (next) return event.preventDefault();
    const name = nameOf(event);
    const act = Object.hasOwn(KEYS, name) ? KEYS[name] : null;
    if (!act || (repeat && !REPEATED.includes(name))) return;
    if (name !== 'Escape') event.preventDefault();
    act();
  });
  document.addEventListener('click', (event) => {
    const { target, ctrlKey, metaKey, shiftKey } = event;
    if (target.closest?.('[data-opens=keys]')) KEYS['?']();
    const link = target.closest?.('.posts .row > a');
    if (!link || ctrlKey || metaKey || shiftKey) return;
    clearTimeout(rest);
    mark(link);
  });

  document.addEventListener('htmx:afterSettle', ({ detail: { target } }) => {
    if (wanted === null || !['main', 'rows'].includes(target?.id)) return;
    const row = document.getElementById(wanted);
    const isThere = shown() === wanted;
    // What was asked for earlier came meanwhile.
    if (row && !isThere) return mark(row.querySelector('a'));
    if (target.id !== 'main') return;
    clearTimeout(rest);
    const act = isThere ? next : null;
    [wanted, next] = [null, null];
    act?.();
  });
  for (const failed of ['htmx:sendError', 'htmx:responseError'])
    document.addEventListener(failed, () => (next = null));
})();
