const EVERY_MS = 5_000;

/** Says at most every 5 seconds how far something is; what is over sooner is not talked about. */
export function createPace(note: (line: string) => void, now: () => number): (line: () => string) => void {
  let last = now();
  return (line) => {
    if (now() - last < EVERY_MS) return;
    last = now();
    note(line());
  };
}
