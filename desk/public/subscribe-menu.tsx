import { atomPath, jsonFeedPath } from '../kit/addresses.js';

/** The addresses of an account's feeds, unfolded by a click. */
export function SubscribeMenu({ handle }: { handle: string }) {
  return (
    <details class="menu">
      <summary>Subscribe</summary>
      <div class="menu-content">
        <p class="quiet">Put one of these into your feed reader.</p>
        <ul class="plain">
          <li>
            <a href={atomPath(handle)}>Atom feed</a>
          </li>
          <li>
            <a href={jsonFeedPath(handle)}>JSON feed</a>
          </li>
        </ul>
      </div>
    </details>
  );
}
