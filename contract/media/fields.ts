/** What a model takes: the fields of its input, as far as we can use them. */

/** A field's value in an input. */
export type FieldValue = string | number | boolean;

/** One field of a model's input, with all the forms that it may take put together. */
export interface Field {
  /** JSON Schema's names of its types, such as `string` and `integer`. */
  readonly types: readonly string[];
  /** The values of its enum; null where it has none. */
  readonly values: readonly FieldValue[] | null;
  /** Whether values beside those of the enum are taken. */
  readonly open: boolean;
  readonly minimum: number | null;
  readonly maximum: number | null;
  /** The longest text, in characters. */
  readonly maxLength: number | null;
  /** The names inside an object, such as `width` and `height`. */
  readonly inside: readonly string[];
  /** What the model takes where nothing is said; undefined where it names nothing. */
  readonly preset: unknown;
}

export interface Fields {
  readonly known: ReadonlyMap<string, Field>;
  /** The names of those without which the model does not run. */
  readonly required: readonly string[];
}

/** A field of a type, without limits. */
export const field = (types: string | readonly string[], change: Partial<Field> = {}): Field => ({
  types: typeof types === 'string' ? [types] : types,
  values: null,
  open: true,
  minimum: null,
  maximum: null,
  maxLength: null,
  inside: [],
  preset: undefined,
  ...change,
});

/** A field that takes these values and no others. */
export const oneOf = (...values: readonly FieldValue[]): Field =>
  field([...new Set(values.map((value) => (typeof value === 'number' ? 'integer' : typeof value)))], {
    values,
    open: false,
  });

/** Whether a field takes numbers. */
export const isNumeric = ({ types }: Field): boolean => types.includes('integer') || types.includes('number');
