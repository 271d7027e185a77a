import { expect, it } from 'vitest';
import type { MediaService } from '../services/media/media.js';
import type {
  EmbeddingAnswer,
  EmbeddingQuestion,
  TextAnswer,
  TextQuestion,
  TextService,
} from '../services/text/text.js';
import { UnderWay, waitedFor } from './under-way.js';

/** Answers when it is told to, and has state of its own as the real ones do. */
class SlowText implements TextService {
  readonly #name = 'sample';
  readonly offline = true;
  readonly rate = null;
  answer: () => void = () => undefined;
  fail: () => void = () => undefined;
  get provider(): string {
    return this.#name;
  }
  embed(): Promise<EmbeddingAnswer> {
    return new Promise((resolve) => {
      this.answer = () => resolve({ outcome: 'failed', detail: this.#name } as EmbeddingAnswer);
    });
  }
  moderate(): Promise<null> {
    return new Promise(() => undefined);
  }
  ask<T>(): Promise<TextAnswer<T>> {
    return new Promise((resolve, reject) => {
      this.answer = () => resolve({ outcome: 'failed', detail: this.#name } as TextAnswer<T>);
      this.fail = () => reject(new Error('lost'));
    });
  }
}

const question = {} as TextQuestion<unknown>;

it('counts a question from when it is sent until it is answered or lost', async () => {
  const underWay = new UnderWay();
  const slow = new SlowText();
  const text = underWay.text(slow);
  expect([text.provider, text.offline]).toEqual(['sample', true]);
  const first = text.ask(question);
  expect(underWay.calls).toEqual({ text: 1, media: 0 });
  slow.answer();
  expect(await first).toMatchObject({ detail: 'sample' });
  expect(underWay.calls).toEqual({ text: 0, media: 0 });
  const second = text.ask(question);
  slow.fail();
  await expect(second).rejects.toThrow('lost');
  expect(underWay.calls).toEqual({ text: 0, media: 0 });
});

it('counts a question for what texts mean, which is paid too, and not the moderation, which is free', async () => {
  const underWay = new UnderWay();
  const slow = new SlowText();
  const text = underWay.text(slow);
  void text.moderate(['a']);
  expect(underWay.calls).toEqual({ text: 0, media: 0 });
  const asked = text.embed({} as EmbeddingQuestion);
  expect(underWay.calls).toEqual({ text: 1, media: 0 });
  slow.answer();
  expect(await asked).toMatchObject({ detail: 'sample' });
  expect(underWay.calls).toEqual({ text: 0, media: 0 });
});

it('counts an order of a picture or a clip, and no look at it', async () => {
  const underWay = new UnderWay();
  const never = new Promise<never>(() => undefined);
  const media = underWay.media({ submit: () => never, state: () => never } as unknown as MediaService);
  void media.submit({} as Parameters<MediaService['submit']>[0]);
  void media.state('endpoint', 'request');
  expect(underWay.calls).toEqual({ text: 0, media: 1 });
  await Promise.resolve();
});

it.each([
  [{ text: 0, media: 0 }, null],
  [
    { text: 2, media: 0 },
    '2 calls to the text provider are under way and are waited for, at most 60 s; Ctrl-C again stops at once (their answers are then lost and counted as unknown)',
  ],
  [
    { text: 0, media: 1 },
    '1 call to the media provider is under way and is waited for, at most 60 s; Ctrl-C again stops at once (its answer is then lost and counted as unknown)',
  ],
  [
    { text: 1, media: 2 },
    '1 call to the text provider and 2 calls to the media provider are under way and are waited for, at most 60 s; Ctrl-C again stops at once (their answers are then lost and counted as unknown)',
  ],
])('says of %j what is waited for', (calls, line) => {
  expect(waitedFor(calls, 60)).toBe(line);
});
