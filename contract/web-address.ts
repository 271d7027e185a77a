/** Of an address, in characters. */
export const LONGEST_ADDRESS = 2_000;

/** Whether a text is an http or https address that a page may link to. */
export const isWebAddress = (text: string): boolean =>
  text.length <= LONGEST_ADDRESS && URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);

/** Whether it may be asked too: fetch refuses an address with a user name. */
export function isFetchable(text: string): boolean {
  if (!isWebAddress(text)) return false;
  const { username, password } = new URL(text);
  return username === '' && password === '';
}
