import { setTimeout as sleep } from 'node:timers/promises';

/** Each returns at once, with about as much text as a short post has; an answer takes as long as it is told. */
const TEXT = 'A short post. '.repeat(70);

export const activities = {
  plan: (count: number): Promise<number[]> =>
    Promise.resolve(Array.from({ length: count }, (_, index) => index)),
  draft: (post: number): Promise<string> => Promise.resolve(`${post}: ${TEXT}`),
  image: (text: string): Promise<string> => Promise.resolve(`${text.slice(0, 8)}.png`),
  publish: ({ asset }: { text: string; asset: string }): Promise<string> =>
    Promise.resolve(`https://example.com/${asset}`),
  answer: (question: string, ms: number): Promise<string> => sleep(ms, `${question}: an answer.`),
};
