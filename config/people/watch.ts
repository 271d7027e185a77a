import { readFileSync, statSync } from 'node:fs';
import { shown } from '../../contract/shown.js';
import { hashToken, type KnownPerson } from './person.js';
import { parsePeople, peopleProblem } from './parse.js';

/** Who has a token of their own, as the file is now. */
export interface People {
  /** Null for a token that is nobody's. */
  byToken(token: string): KnownPerson | null;
  byName(name: string): KnownPerson | null;
}

/** Without a file: the desk's own token is the only one. */
export const NOBODY: People = { byToken: () => null, byName: () => null };

const MAX_BYTES = 256 * 1024;

interface Kept {
  /** Which state of the file was read; null for none. */
  readonly version: string | null;
  readonly people: readonly KnownPerson[];
}

/**
 * The people of a file, read again when it changes, for a desk that runs on while people edit it. A change with a problem leaves
 * them as they last were, perhaps since it is being written; without the file nobody of it is let in.
 *
 * @param say hears of a problem, once for each change of the file
 * @throws UsageError when it can't be used at first
 */
export function watchPeople(file: string, say: (line: string) => void): People {
  let kept = read(file);
  const people = (): readonly KnownPerson[] => {
    const version = versionOf(file);
    if (version === kept.version) return kept.people;
    try {
      kept = read(file);
    } catch (error) {
      const isGone = version === null;
      const what = isGone ? 'nobody of it is let in' : 'the people stay as they last were';
      say(`${(error as Error).message}; ${what}`);
      kept = { version, people: isGone ? [] : kept.people };
    }
    return kept.people;
  };
  return {
    // A look-up by hash tells nothing of the token by the time that it takes.
    byToken(token) {
      const hash = hashToken(token);
      return people().find((one) => one.token === hash) ?? null;
    },
    byName: (name) => people().find((one) => one.name === name) ?? null,
  };
}

function read(file: string): Kept {
  const version = versionOf(file);
  if (version === null)
    throw peopleProblem(file, null, 'there is no such file; set COPYDESK_PEOPLE to one, or to nothing');
  const { size } = statSync(file);
  if (size > MAX_BYTES)
    throw peopleProblem(file, null, `${size} bytes is more than the ${MAX_BYTES} allowed`);
  return { version, people: parsePeople(file, textOf(file)) };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw peopleProblem(file, null, `can't be read: ${shown((error as Error).message)}`);
  }
}

/** Differs when the file may; null where there is none. */
function versionOf(file: string): string | null {
  const found = statSync(file, { throwIfNoEntry: false });
  return found ? [found.ino, found.size, found.mtimeMs, found.ctimeMs].join(' ') : null;
}
