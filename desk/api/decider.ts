import type { Person } from '../http/session.js';

/**
 * Who a decision is by. A person who has a token of their own is that person, whatever was sent; with the desk's one token, which
 * programs have too, it is whom they name.
 */
export const deciderOf = (person: Person | null, given: string | undefined): string => {
  if (person?.named) return person.name;
  return given ?? person?.name ?? 'editor';
};
