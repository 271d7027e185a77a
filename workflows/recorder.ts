/**
 * Keeps the archive's record up to date without holding the pipeline up.
 *
 * @param save writes the state as it is when it is called.
 */
export function createRecorder(save: () => Promise<unknown>) {
  let writing: Promise<void> | null = null;
  let stale = false;
  const write = async (): Promise<void> => {
    while (stale) {
      stale = false;
      await save();
    }
    writing = null;
  };
  return {
    /** The state has changed: write it, after the write that is under way. */
    note(): void {
      stale = true;
      writing ??= write();
    },
    /** Whether a write is under way. */
    isBusy: (): boolean => writing !== null,
    /** Waits until what was noted is written. */
    async settled(): Promise<void> {
      await (writing ?? undefined);
    },
  };
}

/** Each record has a number, so that the archive takes only a newer one. */
export const countRecord = <T extends { readonly recorded: number }>(state: T): T => ({
  ...state,
  recorded: state.recorded + 1,
});
