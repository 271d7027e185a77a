import type { Settings } from '../config/settings.js';

/** The settings that no provider's words may carry into a history, a record or a log. */
export function secretValues(settings: Settings): string[] {
  const { text, media, token, databaseUrl } = settings;
  const addresses = [databaseUrl, text?.baseUrl, media?.baseUrl];
  return [text?.apiKey, media?.key, media?.adminKey, token, ...addresses.flatMap(passwordOf)].filter(
    (value) => typeof value === 'string',
  );
}

/** As it stands in an address and as it is meant. What is its user's name too is no secret. */
function passwordOf(address: string | null | undefined): string[] {
  if (!address || !URL.canParse(address)) return [];
  const { username, password } = new URL(address);
  return password === username ? [] : [password, decoded(password)];
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
