/** Hashtags as quiet chips; nothing where there are none. */
export function Hashtags({ of: tags, language }: { of: readonly string[]; language: string }) {
  if (tags.length === 0) return <></>;
  return (
    <ul class="plain tags" role="list" aria-label="Hashtags" lang={language}>
      {tags.map((tag) => (
        <li dir="auto">{`#${tag}`}</li>
      ))}
    </ul>
  );
}
