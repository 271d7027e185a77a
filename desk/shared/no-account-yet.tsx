/** In place of the accounts, where the accounts folder has no file. */
export function NoAccountYet() {
  return (
    <p class="empty">
      There is no account yet. An account is one file in the accounts folder: docs/accounts.md shows the
      shortest.
    </p>
  );
}
