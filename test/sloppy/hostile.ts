/** Markup, script and a link that runs one, as a page may show them only as words. */
export const SCRIPT = '<script>alert("copydesk")</script>';
/** NUL, which PostgreSQL takes in no text; a bell and an escape of a terminal. */
export const CONTROLS = ['\u0000', '\u0007', '\u001b'];
/** With marks that turn the direction of reading, which right-to-left scripts use as well. */
const ODD = `${CONTROLS.join('')}[31m\u202e\u2066`;
const LINK = '[click](javascript:alert(1)) <img src=x onerror=alert(1)>';
export const BODY_CHARACTERS = 100_000;

/** An answer whose every text attacks who shows it. Choices of the schema stay as they are, so that it is taken. */
export function spoil(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((one) => spoil(one, name));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([field, one]) => [field, spoil(one, field)]));
  if (typeof value !== 'string' || name === 'content_format') return value;
  if (name === 'body')
    return `${value}\n\n${`${SCRIPT}${ODD} ${LINK} `.repeat(BODY_CHARACTERS)}`.slice(0, BODY_CHARACTERS);
  if (name === 'hashtags') return `${value}"><b>${ODD}`;
  return `${SCRIPT}${ODD}${value} ${LINK}`;
}
