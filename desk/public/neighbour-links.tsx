import type { Neighbour } from '../../services/archive/records/records.js';
import { printableText, TITLE_LIMIT } from '../safety/printable.js';
import { postPath } from '../kit/addresses.js';

export interface NeighbourLinksProps {
  readonly handle: string;
  readonly older: Neighbour | null;
  readonly newer: Neighbour | null;
  readonly language: string;
}

/** The posts of the account before and after this one. */
export function NeighbourLinks({ handle, older, newer, language }: NeighbourLinksProps) {
  if (older === null && newer === null) return <></>;
  const link = (post: Neighbour | null, rel: 'prev' | 'next', label: string) =>
    post && (
      <a class={rel} rel={rel} href={postPath(handle, post.postId)}>
        <span class="quiet">{label}</span>{' '}
        <span class="name" lang={language} dir="auto">
          {printableText(post.title, TITLE_LIMIT)}
        </span>
      </a>
    );
  return (
    <nav class="neighbours" aria-label="Previous and next post">
      {link(older, 'prev', 'Previous')}
      {link(newer, 'next', 'Next')}
    </nav>
  );
}
