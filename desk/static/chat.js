// Asking an account without leaving the page: the answer comes as server-sent events, as HTML that the desk has made. Without this
// file the form posts, and the whole page comes anew.
(() => {
  const form = document.getElementById('ask');
  if (!form) return;
  const field = form.elements.question;
  const turns = document.getElementById('turns');
  const problem = document.getElementById('problem');
  const suggestions = document.getElementById('suggestions');
  let isAsking = false;

  const fromTemplate = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);
  const bringIntoView = (element) => element.scrollIntoView({ block: 'nearest' });

  /** The events of a response, one after the other, each with its name and data. */
  async function* eventsOf(response) {
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    try {
      let text = '';
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        text += value;
        const events = text.split('\n\n');
        text = events.pop();
        for (const event of events) {
          const name = /^event: (.*)$/m.exec(event)?.[1];
          const data = /^data: (.*)$/m.exec(event)?.[1];
          if (name && data) yield { name, data: JSON.parse(data) };
        }
      }
    } finally {
      void reader.cancel();
    }
  }

  /** Asks, and answers whether the end of the answer was heard. */
  async function hear(question, pending) {
    const response = await fetch(form.action, {
      method: 'POST',
      headers: { Accept: 'text/event-stream' },
      body: new URLSearchParams({ question }),
    });
    if (!response.headers.get('Content-Type')?.startsWith('text/event-stream')) {
      if (response.headers.get('Content-Type')?.startsWith('text/html'))
        show(await response.text(), question);
      return response.status < 500 || response.status === 503;
    }
    for await (const { name, data } of eventsOf(response)) {
      if (name === 'state')
        pending.querySelector('.state').textContent = pending.querySelector('.state').dataset[data];
      if (name === 'answer') addTurn(data.html, pending);
      if (name === 'problem') show(data.html, question);
      // Not once the connection ends: what is asked on sight of the answer is heard too.
      if (name === 'answer' || name === 'problem') return true;
    }
    return false;
  }

  function addTurn(html, pending) {
    const holder = document.createElement('template');
    holder.innerHTML = html;
    const turn = holder.content.firstElementChild;
    pending.replaceWith(turn);
    begun();
    bringIntoView(turn);
  }

  /** What changes on the page once something was said. */
  function begun() {
    document.getElementById('start-over').hidden = false;
    suggestions?.remove();
    field.placeholder = field.dataset.more;
  }

  /** Says what went wrong, and gives the question back. */
  function show(html, question) {
    problem.innerHTML = html;
    if (field.value === '') field.value = question;
    problem.querySelector('[data-again]')?.addEventListener('click', () => ask(field.value));
  }

  /** The connection broke: perhaps the question was answered meanwhile. */
  async function lookAgain(question, known) {
    problem.querySelector('[data-again]').disabled = true;
    try {
      const page = new DOMParser().parseFromString(await (await fetch(form.action)).text(), 'text/html');
      const now = page.querySelectorAll('#turns > .turn');
      if (now.length <= known) return ask(question);
      turns.replaceChildren(...now);
      if (field.value === question) field.value = '';
      problem.replaceChildren();
      begun();
      bringIntoView(turns.lastElementChild);
    } catch {
      broken(question, known);
    }
  }

  function broken(question, known) {
    problem.replaceChildren(fromTemplate('broken'));
    if (field.value === '') field.value = question;
    problem.querySelector('[data-again]').addEventListener('click', () => lookAgain(question, known));
  }

  async function ask(typed) {
    const question = typed.trim();
    if (isAsking || question === '') return;
    isAsking = true;
    const known = turns.querySelectorAll('.turn').length;
    const pending = fromTemplate('pending');
    pending.querySelector('.question p').textContent = question;
    pending.querySelector('.state').textContent = pending.querySelector('.state').dataset.looking;
    problem.replaceChildren();
    turns.append(pending);
    if (suggestions) suggestions.hidden = true;
    field.value = '';
    field.focus();
    bringIntoView(pending);
    form.setAttribute('aria-busy', 'true');
    const isWhole = await hear(question, pending).catch(() => false);
    form.removeAttribute('aria-busy');
    isAsking = false;
    const isAnswered = !pending.isConnected;
    pending.remove();
    if (!isWhole && !isAnswered) broken(question, known);
    if (suggestions?.isConnected && known === 0) suggestions.hidden = false;
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void ask(field.value);
  });
  suggestions?.addEventListener('submit', (event) => {
    event.preventDefault();
    void ask(event.submitter.value);
  });
  // Enter sends, as in other chats; with Shift it begins a line. Input methods use it to choose a word.
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
})();
