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

/** One field of a cell's value, for who needs no more of it. */
export const partOf = <T extends object, K extends keyof T>(whole: Cell<T>, name: K): Cell<T[K]> => ({
  get value() {
    return whole.value[name];
  },
  change(change) {
    whole.change((value) => ({ ...value, [name]: change(value[name]) }));
  },
});
