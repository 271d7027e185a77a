/**
 * A service that this worker has no use for, since it does not run the queues that need it.
 *
 * @param part names it in the error, such as `media`.
 * @param facts what can be told of it all the same.
 * @returns an object whose every other property throws an Error in one line
 */
export function absent<T extends object>(part: string, facts: Partial<T> = {}): T {
  return new Proxy(facts as T, {
    get(target, name) {
      if (name in target) return Reflect.get(target, name) as unknown;
      // A promise that is resolved with it asks for this.
      if (typeof name === 'symbol' || name === 'then') return undefined;
      throw new Error(`this worker has no ${part}: none of its queues uses it`);
    },
  });
}
