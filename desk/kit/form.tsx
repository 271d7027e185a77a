import type { Context } from 'hono';

/** What a form sent, by the names of its fields; a field that is left out is empty. */
export type FormReader = (name: string) => string;

/** Of a form that has nothing to type again. */
export const NO_FIELDS: FormReader = () => '';

/** What was posted. A body that is no form has no fields. */
export async function readForm(c: Context) {
  const body: Record<string, unknown> = await c.req.parseBody({ all: true }).catch(() => ({}));
  const valuesOf = (name: string): unknown[] => [Object.hasOwn(body, name) ? body[name] : []].flat();
  const all = (name: string): string[] => valuesOf(name).filter((value) => typeof value === 'string');
  /** The last value of a field; empty where there is none. */
  const field: FormReader = (name) => all(name).at(-1) ?? '';
  /** Null where none was sent. */
  const file = (name: string): File | null => valuesOf(name).find((value) => value instanceof File) ?? null;
  return { all, field, file };
}

/** The texts of a posted form by field; of a field that came twice the last, and none of a body that is no form. */
export async function formTexts(c: Context): Promise<Readonly<Record<string, string>>> {
  const body: Record<string, unknown> = await c.req.parseBody().catch(() => ({}));
  return Object.fromEntries(
    Object.entries(body).filter((field): field is [string, string] => typeof field[1] === 'string'),
  );
}

interface ChoiceProps {
  readonly id: string;
  readonly name: string;
  /** For those who don't see what it stands beside. */
  readonly label: string;
  readonly value: string | undefined;
  readonly choices: readonly (readonly [value: string, words: string])[];
}

/** One of several, in a list that folds out. */
export function Choice({ id, name, label, value, choices }: ChoiceProps) {
  return (
    <>
      <label class="hidden-text" for={id}>
        {label}
      </label>
      <select id={id} name={name}>
        {choices.map(([each, words]) => (
          <option value={each} selected={each === value}>
            {words}
          </option>
        ))}
      </select>
    </>
  );
}
