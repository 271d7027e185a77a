/**
 * A value that changes while a step waits. It is read when it is needed and changed from what it then is, so that no step
 * puts back what it had read before it waited.
 */
export interface Cell<T> {
  readonly value: T;
  change(change: (value: T) => T): void;
}

export function createCell<T>(first: T): Cell<T> {
  let value = first;
  return {
    get value() {
      return value;
    },
    change(change) {
      value = change(value);
    },
  };
}

/** A part of a cell's value, as `read` finds it in the whole and `change` changes it there. */
export const focus = <T, P>(
  whole: Cell<T>,
  read: (value: T) => P,
  change: (value: T, change: (part: P) => P) => T,
): Cell<P> => ({
  get value() {
    return read(whole.value);
  },
  change: (changePart) => whole.change((value) => change(value, changePart)),
});

/** One field of a cell's value, for who needs no more of it. */
export const partOf = <T extends object, K extends keyof T>(whole: Cell<T>, name: K): Cell<T[K]> =>
  focus<T, T[K]>(
    whole,
    (value) => value[name],
    (value, change) => ({ ...value, [name]: change(value[name]) }),
  );
