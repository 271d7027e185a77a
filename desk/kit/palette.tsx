/**
 * The way to anything by keyboard, which Ctrl+K opens: the desk's pages, accounts, batches, posts, and what can be done where one
 * is. `palette.js` fills it; who has no scripts has the bar and the search.
 */
export function Palette({ decides }: { decides: boolean }) {
  return (
    <dialog id="palette" aria-label="Go anywhere" data-decides={decides ? 'yes' : undefined}>
      <input
        type="text"
        role="combobox"
        aria-label="A page, account, batch, post or action"
        aria-expanded="true"
        aria-autocomplete="list"
        aria-controls="palette-found"
        autocomplete="off"
        spellcheck={false}
        placeholder="Go to…"
      />
      <ul id="palette-found" role="listbox" aria-label="Found" class="plain"></ul>
    </dialog>
  );
}
