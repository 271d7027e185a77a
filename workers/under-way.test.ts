import { expect, it } from 'vitest';
import type { MediaService } from '../services/media/media.js';
import type { EmbeddingQuestion, TextQuestion, TextService } from '../services/text/text.js';
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
  ask = () => this.#asked();
  embed = () => this.#asked();
  moderate = () => this.#asked();
  #asked(): Promise<never> {
    return new Promise((resolve, reject) => {
      this.answer = () => resolve({ outcome: 'failed', detail: this.#name } as never);
      this.fail = () => reject(new Error('lost'));
    });
  }
}

const asked = (text: TextService) => text.ask({} as TextQuestion<unknown>);

it('counts a question, for words or what texts mean, from when it is sent until it is answered or lost', async () => {
  const underWay = new UnderWay();
  const slow = new SlowText();
  const text = underWay.text(slow);
  expect([text.provider, text.offline]).toEqual(['sample', true]);
  for (const ask of [asked, () => text.embed({} as EmbeddingQuestion)]) {
    const first = ask(text);
    expect(underWay.calls).toEqual({ text: 1, media: 0 });
    slow.answer();
    expect(await first).toMatchObject({ detail: 'sample' });
    expect(underWay.calls).toEqual({ text: 0, media: 0 });
  }
  const lost = asked(text);
  slow.fail();
  await expect(lost).rejects.toThrow('lost');
  expect(underWay.calls).toEqual({ text: 0, media: 0 });
});

it('does not count the moderation, which is free', () => {
  const underWay = new UnderWay();
  void underWay.text(new SlowText()).moderate(['a']);
  expect(underWay.calls).toEqual({ text: 0, media: 0 });
});

it('counts an order of a picture or a clip, and no look at it', () => {
  const underWay = new UnderWay();
  const never = new Promise<never>(() => undefined);
  const media = underWay.media({ submit: () => never, state: () => never } as unknown as MediaService);
  void media.submit({} as Parameters<MediaService['submit']>[0]);
  void media.state('endpoint', 'request');
  expect(underWay.calls).toEqual({ text: 0, media: 1 });
});

const ONE = 'under way and is waited for, at most 60 s; Ctrl-C again stops at once (its answer is then lost';
const MORE =
  'under way and are waited for, at most 60 s; Ctrl-C again stops at once (their answers are then lost';
it.each([
  [2, 0, `2 calls to the text provider are ${MORE} and counted as unknown)`],
  [0, 1, `1 call to the media provider is ${ONE} and counted as unknown)`],
  [1, 2, `1 call to the text provider and 2 calls to the media provider are ${MORE} and counted as unknown)`],
  [0, 0, null],
])('says of %i questions and %i orders what is waited for', (text, media, line) => {
  expect(waitedFor({ text, media }, 60)).toBe(line);
});
