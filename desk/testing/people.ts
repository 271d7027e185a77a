import type { People } from '../../config/people/watch.js';
import { hashToken, type KnownPerson } from '../../config/people/person.js';

export const EDITOR_TOKEN = 'the-token-of-maria-alone';
export const VIEWER_TOKEN = 'the-token-of-jo-alone-00';

/** Maria, who decides, and Jo, who reads; a test may change who there is. */
export function twoPeople(): People & { all: KnownPerson[] } {
  const people = {
    all: [
      { name: 'maria', role: 'editor', token: hashToken(EDITOR_TOKEN) },
      { name: 'jo', role: 'viewer', token: hashToken(VIEWER_TOKEN) },
    ] as KnownPerson[],
    byToken: (token: string) => people.all.find((one) => one.token === hashToken(token)) ?? null,
    byName: (name: string) => people.all.find((one) => one.name === name) ?? null,
  };
  return people;
}
