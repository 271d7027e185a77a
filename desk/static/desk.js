// What scripts add to the desk: counters, liveness, the pane; keys.js, select.js and palette.js add the keys. Every page works
// without.
(() => {
  const find = (selector) => document.querySelector(selector);

  // --- The zone in which the calendar shows its times: the server knows none by itself. ---
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  document.cookie = `copydesk_zone=${encodeURIComponent(timeZone)}; path=/desk; max-age=34560000; samesite=lax`;

  // --- The link that signs in once: its secret stands behind the #, where no server sees it. ---
  const secret = /^#once=([\w-]{1,100})$/.exec(location.hash)?.[1];
  const onceForm = find('#once');
  if (secret && onceForm) {
    history.replaceState(null, '', location.pathname);
    onceForm.elements.once.value = secret;
    onceForm.submit();
    return;
  }
  if (!globalThis.htmx) return;

  // --- htmx: nothing evaluated, no styles of its own, no page kept in the browser's storage; refusals are shown too. What is new
  // hears at once: in the 20 ms that htmx leaves by itself, a quick hand's key would load the page, and the focus still moves. ---
  Object.assign(htmx.config, {
    allowEval: false,
    defaultSettleDelay: 0,
    includeIndicatorStyles: false,
    historyCacheSize: 0,
    refreshOnHistoryMiss: true,
    responseHandling: [
      { code: '204', swap: false },
      { code: '[23]..', swap: true },
      { code: '[45]..', swap: true, error: true },
    ],
  });

  // A part that is fetched again leaves what somebody is doing: what is typed, chosen or unfolded stays.
  Object.assign(Idiomorph.defaults.callbacks, {
    beforeNodeMorphed(before, after) {
      if (!(before instanceof Element) || !(after instanceof Element)) return true;
      if (before.tagName === 'DETAILS') after.open = before.open;
      if (before.matches('input[type=checkbox]')) {
        after.checked = before.checked && !after.disabled;
        // The revision that somebody has seen and chosen.
        if (after.checked) after.value = before.value;
      }
      if (before.matches('textarea') && before.value !== before.defaultValue) after.value = before.value;
      return true;
    },
  });

  // --- Counters beside the fields of an edit. ---
  const characters = (text) => [...text].length;
  const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  /** As people count them; an address may count as so many, however long it is. */
  const graphemes = (text, address) => {
    const counted =
      address === undefined ? text : text.replace(/https?:\/\/\S+/g, 'x'.repeat(Number(address)));
    return [...letters.segment(counted)].length;
  };
  const COUNT = {
    characters,
    graphemes,
    words: (text) => text.split(/\s+/).filter(Boolean).length,
    paragraphs: (text) => text.split(/\n\s*\n/).filter((part) => part.trim() !== '').length,
    hashtags: (text) => text.split(/[\s,]+/).filter((tag) => tag.replace(/^#+/, '') !== '').length,
  };
  const limitWords = (count, counted, least, most) => {
    const unit = counted === 'graphemes' ? 'characters' : counted;
    if (most === undefined) return `${count} of at least ${least} ${unit}`;
    if (least === undefined || least === most) return `${count} of ${most} ${unit}`;
    return `${count} of ${least} to ${most} ${unit}`;
  };
  function countIn(field) {
    const counters = document.getElementById(field.getAttribute('aria-describedby') ?? '');
    for (const counter of counters?.querySelectorAll('[data-unit]') ?? []) {
      const { unit, least, most, address } = counter.dataset;
      const count = COUNT[unit](field.value.trim(), address);
      counter.textContent = limitWords(count, unit, least, most);
      counter.classList.toggle('missed', count < Number(least ?? 0) || count > Number(most ?? Infinity));
    }
  }

  // --- Decisions: a rejection says why, a revision what to change. ---
  const NEEDS_NOTE = { reject: 'Say why; then reject it.', revise: 'Say what to change; then revise it.' };
  const noteField = () => find('.decide [name=note]');
  /** The note that is being written for a decision: null, or both. */
  let intent = null;
  /** Makes a decision as its button would, in the part of the page that is named; one that needs a note asks for it first. */
  function decide(decision, within = '.decide') {
    const button = find(`${within} button[value=${decision}]`);
    // A narrow window may show the list alone.
    if (!button?.checkVisibility()) return;
    const note = button.form.elements.namedItem('note');
    if (decision in NEEDS_NOTE && note.value.trim() === '') {
      intent = { decision, note };
      note.focus();
    } else button.click();
  }
  /** Sends the note that was asked for; false for any other field. */
  function sendNote(field) {
    if (!intent || field !== intent.note) return false;
    field.form.querySelector(`button[value=${intent.decision}]`)?.click();
    return true;
  }
  function leaveNote() {
    intent = null;
  }
  // For the other scripts of the desk.
  globalThis.desk = { decide, sendNote, leaveNote };
  // What a decision brings lies beneath the pointer: the second click of a double click would decide it, unread. So does what the
  // page shows by itself once a post waits: a click that was meant for "Cancel" would approve it.
  const DOUBLE_CLICK_MS = 500;
  let hold = 0;
  function holdDecisions() {
    for (const bar of document.querySelectorAll('.decide')) bar.classList.add('unseen');
    clearTimeout(hold);
    hold = setTimeout(releaseDecisions, DOUBLE_CLICK_MS);
  }
  function releaseDecisions() {
    for (const bar of document.querySelectorAll('.decide')) bar.classList.remove('unseen');
  }
  // Before htmx hears of it.
  document.addEventListener(
    'click',
    (event) => {
      if (!event.target.closest?.('.decide.unseen button')) return;
      event.preventDefault();
      event.stopPropagation();
    },
    true,
  );
  // What one button missed is nothing to another: a note that is held against one would keep every other from being sent.
  document.addEventListener(
    'click',
    ({ target }) => {
      const button = target.closest?.('button[name=decision]');
      button?.form.elements.namedItem('note')?.setCustomValidity('');
    },
    true,
  );
  document.addEventListener(
    'submit',
    (event) => {
      const note = event.target.elements.namedItem('note');
      const why = NEEDS_NOTE[event.submitter?.value];
      if (!note || !why || event.submitter.name !== 'decision' || note.value.trim() !== '') return;
      event.preventDefault();
      event.stopPropagation();
      note.setCustomValidity(why);
      note.reportValidity();
    },
    true,
  );

  document.addEventListener('input', ({ target }) => {
    if (target.name === 'note') {
      target.setCustomValidity('');
      releaseDecisions();
    }
    if (target.closest('.edit')) countIn(target);
  });
  document.addEventListener('change', ({ target }) => {
    if (target.matches('.filter select')) target.form.requestSubmit();
  });

  // --- Liveness: the rows and the bar are fetched by themselves; what is being read is never pulled away. ---
  document.addEventListener('sse:post', ({ target, detail }) => {
    if (target.id !== 'bar-places') return;
    const reader = find('.reader');
    const row = rowIn(detail);
    if (!reader?.checkVisibility() || row?.id !== reader.dataset.post) return;
    const { revision, status } = reader.dataset;
    if (String(row.revision) === revision && row.status === status) return;
    const isDecidable = find('.decide button[value=approve]') || find('.edit');
    const changed = find('#post-changed');
    if (isDecidable || noteField()?.value) {
      changed.hidden = false;
      // Who decided what.
      htmx.trigger(changed, 'changed');
    } else changed.querySelector('a').click();
  });
  function rowIn(event) {
    try {
      return JSON.parse(event?.data ?? 'null');
    } catch {
      return null;
    }
  }

  // A page that was loaded again should not tell again what was done.
  function forgetNotice() {
    const address = new URL(location.href);
    if (!address.searchParams.has('notice')) return;
    address.searchParams.delete('notice');
    history.replaceState(history.state, '', address);
  }
  function onShown() {
    forgetNotice();
    find('.posts a[aria-current]')?.scrollIntoView({ block: 'nearest' });
    find('.edit textarea')?.focus({ preventScroll: true });
  }
  // A part waits a moment before it is fetched. htmx would ask for what it showed when that began, as without the places for a
  // post that has been picked up meanwhile.
  document.addEventListener('htmx:configRequest', ({ detail }) => {
    detail.path = detail.elt.getAttribute('hx-get') ?? detail.path;
  });
  // A part that was asked for before the page beneath it changed tells of what was before a decision: it is fetched again.
  let pages = 0;
  const askedOn = new WeakMap();
  document.addEventListener('htmx:beforeSend', ({ detail }) => askedOn.set(detail.xhr, pages));
  // Before, and not once it has settled: by then a quick hand has pressed a key for what is new.
  document.addEventListener('htmx:beforeSwap', ({ detail }) => {
    if (detail.target?.id === 'main') {
      pages += 1;
      intent = null;
      // Who chooses again has seen what came of it.
      const { elt } = detail.requestConfig;
      if (elt.matches('.several') && !detail.isError)
        for (const box of elt.querySelectorAll('input[type=checkbox]')) box.checked = false;
    } else if (askedOn.get(detail.xhr) !== pages) {
      detail.shouldSwap = false;
      const part = document.getElementById(detail.target?.id ?? '');
      if (part) htmx.trigger(part, 'sse:post');
    }
  });
  document.addEventListener('htmx:afterSettle', ({ detail }) => {
    if (detail.target?.id !== 'main') return;
    onShown();
    const { verb, elt } = detail.requestConfig;
    if (verb === 'post' || elt.closest('#post-changed')) holdDecisions();
  });
  onShown();
})();
