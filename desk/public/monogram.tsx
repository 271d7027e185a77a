/** An account's sign: its name's first letter in the account's colour. It is an ornament, so the name stands beside it. */
export function Monogram({ name, size = 'small' }: { name: string; size?: 'small' | 'large' }) {
  return (
    <span class={`monogram ${size}`} aria-hidden="true">
      {initialOf(name)}
    </span>
  );
}

/** The first letter or digit of a name, as a capital; `@` for a name that has none. */
export const initialOf = (name: string): string => /[\p{L}\p{N}]\p{M}*/u.exec(name)?.[0].toUpperCase() ?? '@';
