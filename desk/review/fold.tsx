import type { Child } from 'hono/jsx';

/** A part of a post's record that is folded until somebody wants to know; `aside` is what its line says beside its name. */
export function Fold(props: { name: string; aside?: Child; open?: boolean; children?: Child }) {
  const { name, aside, open = false, children } = props;
  return (
    <details class="fold" open={open}>
      <summary>
        <h2>{name}</h2> {aside}
      </summary>
      <div class="fold-body">{children}</div>
    </details>
  );
}
