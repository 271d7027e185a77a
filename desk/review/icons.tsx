/** A format as a small picture; `words` is for those who don't see it, where its name does not stand beside it. */
export function FormatIcon({ format, words }: { format: string; words?: string }) {
  const isClip = format === 'video';
  const told = words === undefined ? { 'aria-hidden': 'true' } : { role: 'img', 'aria-label': words };
  return (
    <svg class="format" viewBox="0 0 16 16" width="14" height="14" {...told}>
      {isClip ? (
        <path fill="currentColor" d="M3 2.5v11l10-5.5z" />
      ) : (
        <path
          fill="none"
          stroke="currentColor"
          stroke-width="1.5"
          stroke-linecap="round"
          d="M2.5 3.5h11M2.5 6.5h11M2.5 9.5h11M2.5 12.5h7"
        />
      )}
    </svg>
  );
}
