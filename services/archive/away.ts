/** The archive can't be used now and will be again: whoever asked tries later. One line that says why, with the remedy. */
export class ArchiveAway extends Error {
  override name: string = 'ArchiveAway';
}
