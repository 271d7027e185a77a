/**
 * Cuts what was read, one row more than the limit where there is one, to a page. Its cursor is the id of its last row: no row
 * ever goes, so that it keeps its place whatever comes meanwhile.
 */
export function pageOf<Row extends { readonly id: string }>(
  read: readonly Row[],
  limit: number | undefined,
): { rows: readonly Row[]; next: string | null } {
  const rows = limit === undefined ? read : read.slice(0, limit);
  return { rows, next: rows.length < read.length ? (rows.at(-1)?.id ?? null) : null };
}
