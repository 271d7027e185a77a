// Posts that are decided together: chosen one by one, from one to another, or all. Without scripts each has its box.
(() => {
  if (!globalThis.htmx) return;
  const find = (selector) => document.querySelector(selector);
  const rows = () => [...document.querySelectorAll('.posts .row')];
  const boxes = () => [...document.querySelectorAll('.posts input[name=post]')];
  const chosen = () => boxes().filter((box) => box.checked);
  const boxOf = (row) => row?.querySelector('input[name=post]');

  /** Where a range began, as the id of a row, and the rows that it chose. */
  let anchor = null;
  let range = [];

  function choose(row, isChosen) {
    const box = boxOf(row);
    if (box) box.checked = isChosen;
  }
  function toggle(row) {
    choose(row, !boxOf(row)?.checked);
    startAt(row);
    show();
  }
  function startAt(row) {
    anchor = row?.id ?? null;
    range = [];
  }
  /** Chooses all from where the range began to a row, and no longer what it had reached beyond. */
  function reach(row) {
    const all = rows();
    const ends = [all.findIndex(({ id }) => id === anchor), all.indexOf(row)];
    for (const each of range) choose(each, false);
    range = ends.includes(-1) ? [row] : all.slice(Math.min(...ends), Math.max(...ends) + 1);
    for (const each of range) choose(each, true);
    show();
  }
  function chooseAll(areChosen) {
    for (const box of boxes()) box.checked = areChosen;
    startAt(null);
    show();
  }
  function show() {
    const count = find('.several-count');
    if (!count) return;
    count.value = `${chosen().length} of ${boxes().length} selected`;
    find('.several-bar [data-select=all]').disabled = chosen().length === boxes().length;
  }

  const isShiftClick = (event) => event.shiftKey && event.target.closest?.('.posts .row');
  // The browser would select text.
  document.addEventListener('mousedown', (event) => isShiftClick(event) && event.preventDefault());
  // Before htmx hears of it.
  document.addEventListener(
    'click',
    (event) => {
      const row = event.target.closest?.('.posts .row');
      const isBox = event.target.matches?.('.posts input[name=post]');
      const all = event.target.closest?.('[data-select]')?.dataset.select;
      if (all) chooseAll(all === 'all');
      else if (isShiftClick(event)) {
        if (!isBox) {
          event.preventDefault();
          event.stopPropagation();
        }
        anchor ??= find('.posts .row:has(> a[aria-current])')?.id ?? row.id;
        reach(row);
      } else if (isBox) startAt(row);
    },
    true,
  );
  document.addEventListener('change', ({ target }) => target.name === 'post' && show());
  document.addEventListener('htmx:afterSettle', show);
  show();

  globalThis.desk.select = { chosen, toggle, startAt, reach, chooseAll, from: () => anchor };
})();
