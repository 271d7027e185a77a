import { BEAT_TEXT } from '../live/event-routes.js';

/** The posts are found within moments; after that it is the model that is waited for, in ms. */
const WRITING_AFTER_MS = 1_000;
/** Proxies close a connection that is quiet for longer, in ms. */
const BEAT_MS = 15_000;

/** What comes of a question: HTML that was escaped when it was made. */
export interface StreamedAnswer {
  readonly event: 'answer' | 'problem';
  readonly html: string;
}

/**
 * An answer as server-sent events: `state` with `looking` and then `writing`, `answer` or `problem` with `{ html }`, and `end`. The
 * question is answered and kept whether or not its reader stays.
 */
export function answerStream(answer: Promise<StreamedAnswer>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let isLeft = false;
  let stop = (): void => undefined;
  return new ReadableStream<Uint8Array>({
    start(controller) {
      const write = (text: string): void => {
        if (!isLeft) controller.enqueue(encoder.encode(text));
      };
      const send = (event: string, data: unknown): void =>
        write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
      send('state', 'looking');
      const writing = setTimeout(() => send('state', 'writing'), WRITING_AFTER_MS);
      const beat = setInterval(() => write(BEAT_TEXT), BEAT_MS);
      stop = () => {
        clearTimeout(writing);
        clearInterval(beat);
      };
      void answer.then(({ event, html }) => {
        stop();
        send(event, { html });
        send('end', null);
        if (!isLeft) controller.close();
      });
    },
    cancel() {
      isLeft = true;
      stop();
    },
  });
}
