/** What a browser tells of where a form was posted from; undefined where it sent no such header. */
export interface PostedFrom {
  readonly origin: string | undefined;
  readonly fetchSite: string | undefined;
}

/**
 * Whether a form was posted from a page of the desk. Programs that are no browser send neither header and carry no
 * cookie that could be abused.
 *
 * @param own the origins at which the desk is reached.
 */
export function isSameOrigin(from: PostedFrom, own: readonly string[]): boolean {
  if (from.fetchSite !== undefined && !['same-origin', 'none'].includes(from.fetchSite)) return false;
  return from.origin === undefined || own.includes(from.origin);
}
