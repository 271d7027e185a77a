/** What came of the form that was posted last: said aloud, and null where there is nothing to say. */
export function Said({ said, problem }: { said: string | null; problem: string | null }) {
  return (
    <>
      {said !== null && (
        <p class="said" role="status">
          {said}
        </p>
      )}
      {problem !== null && (
        <div class="problem" role="alert">
          <p>{problem}</p>
        </div>
      )}
    </>
  );
}
