import { VARIABLES } from '../settings.js';

/** What the clients of the providers, of Temporal and of PostgreSQL read by themselves. */
const OF_CLIENTS = /^(OPENAI|FAL|TEMPORAL)_|^PGPASSWORD$/;

/**
 * What is wrong with the name of the environment variable that holds an account's secret; null when nothing.
 * A variable of Copydesk's own is refused: its value would go out to wherever the account file says. The name given may be a secret, so
 * only the name of a known variable is repeated.
 *
 * @param example a name that would do
 */
export function variableProblem(name: string, example: string): string | null {
  if (!/^[A-Z][A-Z0-9_]{0,99}$/.test(name))
    return `holds the name of an environment variable such as ${example} (A-Z, 0-9 and _), not a secret`;
  if (OF_CLIENTS.test(name) || VARIABLES.some((variable) => variable.name === name))
    return `names ${name}, which is Copydesk's own: name a variable of the account's, such as ${example}`;
  return null;
}
