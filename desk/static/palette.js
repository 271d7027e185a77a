// Ctrl+K goes anywhere: to the desk's pages and accounts, which its bar has, and to batches and posts, which the API lists.
(() => {
  const find = (selector) => document.querySelector(selector);
  const dialog = find('#palette');
  if (!dialog || !globalThis.htmx) return;
  const field = dialog.querySelector('input');
  const list = dialog.querySelector('ul');
  const MOST = 12;
  const REST_MS = 150;

  /** What is offered: words, what kind of thing it is, and an address or what is done. */
  let offered = [];
  let batches = [];
  let posts = [];
  let at = 0;
  let rest = 0;
  let asking = null;

  const toPage = (link) => ({ words: link.firstChild.textContent.trim(), kind: 'page', to: link.href });
  const toAccount = (link) => ({ words: link.textContent.trim(), kind: 'account', to: link.href });
  const toBatch = ({ id, account, planner, status }) => ({
    words: `@${account} ${planner} ${id}`,
    kind: `batch, ${status}`,
    to: `/desk/batches/${id}`,
  });
  const toPost = ({ id, account, title, status }) => ({
    words: `${title || id} @${account}`,
    kind: `post, ${status.replaceAll('_', ' ')}`,
    to: `/desk/posts/${id}`,
  });
  const all = (selector) => [...document.querySelectorAll(selector)];

  /** What can be done here: to the post that is read, and in general. */
  function actions() {
    const buttons = all('.decide button[name=decision]').filter((button) => button.checkVisibility());
    const decisions = buttons.map((button) => ({
      words: `${button.textContent.trim()} this post`,
      kind: 'action',
      act: () => globalThis.desk.decide(button.value),
    }));
    const starts = dialog.dataset.decides
      ? [{ words: 'Start a batch', kind: 'action', to: '/desk/batches/new' }]
      : [];
    const leave = { words: 'Sign out', kind: 'action', act: () => find('.sign-out button').click() };
    return [...decisions, ...starts, leave];
  }
  /** A post by its id, which its words don't have. */
  const byId = (text) =>
    /^[A-Za-z0-9]{12}$/.test(text)
      ? [{ words: `Post ${text}`, kind: 'post', to: `/desk/posts/${text}` }]
      : [];

  /** @param kept what is pointed at is looked for again: what comes from the desk comes while somebody chooses */
  function offer(kept = null) {
    const text = field.value.trim();
    const words = text.toLowerCase().split(/\s+/);
    const has = (entry) => words.every((word) => `${entry.words} ${entry.kind}`.toLowerCase().includes(word));
    const accounts = all('.bar > .switch a').map(toAccount);
    const known = [...all('.places-row a').map(toPage), ...accounts, ...actions(), ...batches.map(toBatch)];
    // What the archive found it found in words that aren't shown here too.
    offered = [...known.filter(has), ...posts.map(toPost), ...byId(text)].slice(0, MOST);
    point(offered.findIndex(({ words: each }) => each === kept?.words));
  }
  function point(place) {
    at = Math.min(Math.max(place, 0), offered.length - 1);
    list.replaceChildren(...offered.map(option));
    const current = list.children[at];
    field.setAttribute('aria-activedescendant', current?.id ?? '');
    current?.scrollIntoView({ block: 'nearest' });
  }
  function option({ words, kind }, n) {
    const item = document.createElement('li');
    Object.assign(item, { id: `palette-${n}`, role: 'option', ariaSelected: String(n === at) });
    const aside = document.createElement('span');
    aside.className = 'quiet';
    aside.textContent = kind;
    item.append(words, ' ', aside);
    item.addEventListener('click', () => follow(offered[n]));
    return item;
  }
  function follow(entry) {
    if (!entry) return;
    dialog.close();
    if (entry.act) entry.act();
    else location.assign(entry.to);
  }

  const ask = async (path, options) => {
    const answer = await fetch(path, options).catch(() => null);
    return answer?.ok ? answer.json() : {};
  };
  async function findPosts() {
    const q = field.value.trim();
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    const path = `/api/posts?${new URLSearchParams({ q, limit: 8 })}`;
    const found = q === '' ? {} : await ask(path, { signal });
    if (signal.aborted) return;
    posts = found.posts ?? [];
    offer(offered[at]);
  }
  async function open() {
    field.value = '';
    posts = [];
    dialog.showModal();
    offer();
    ({ batches = [] } = await ask('/api/batches?limit=100'));
    offer(offered[at]);
  }

  field.addEventListener('input', () => {
    offer();
    clearTimeout(rest);
    rest = setTimeout(findPosts, REST_MS);
  });
  const STEPS = { ArrowDown: 1, ArrowUp: -1 };
  field.addEventListener('keydown', (event) => {
    const { key } = event;
    if (key === 'Enter') follow(offered[at]);
    else if (Object.hasOwn(STEPS, key)) point(at + STEPS[key]);
    else return;
    event.preventDefault();
  });
  dialog.addEventListener('click', ({ target }) => target === dialog && dialog.close());
  document.addEventListener('click', ({ target }) => target.closest?.('[data-opens=palette]') && open());
  document.addEventListener('keydown', (event) => {
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
    if (!(ctrlKey || metaKey) || altKey || shiftKey || key.toLowerCase() !== 'k') return;
    event.preventDefault();
    if (dialog.open) dialog.close();
    else if (!find('dialog[open]')) open();
  });
})();
