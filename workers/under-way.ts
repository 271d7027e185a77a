import type { MediaService } from '../services/media/media.js';
import type { TextService } from '../services/text/text.js';

export interface CallsUnderWay {
  readonly text: number;
  readonly media: number;
}

/** Counts the paid calls that were sent and have no answer yet: a stop waits for them, since cutting one pays for nothing. */
export class UnderWay {
  readonly #counts = { text: 0, media: 0 };

  get calls(): CallsUnderWay {
    return { ...this.#counts };
  }

  /** The same service, its paid questions counted: moderation costs nothing. */
  text(service: TextService): TextService {
    return this.#counting(service, ['ask', 'embed'], 'text');
  }

  /** The same service, its orders counted. */
  media(service: MediaService): MediaService {
    return this.#counting(service, ['submit'], 'media');
  }

  #counting<T extends object>(service: T, paid: readonly (keyof T)[], what: keyof CallsUnderWay): T {
    return new Proxy(service, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        if (!paid.includes(name as keyof T)) return value.bind(target) as unknown;
        return async (...args: unknown[]): Promise<unknown> => {
          this.#counts[what] += 1;
          try {
            return (await Reflect.apply(value, target, args)) as unknown;
          } finally {
            this.#counts[what] -= 1;
          }
        };
      },
    });
  }
}

/**
 * What a stop waits for, for a person: `2 calls to the text provider are under way and are waited for, at most 60 s; …`.
 *
 * @returns null when no paid call is under way
 */
export function waitedFor({ text, media }: CallsUnderWay, graceSeconds: number): string | null {
  const calls = [...part(text, 'text'), ...part(media, 'media')].join(' and ');
  if (calls === '') return null;
  const are = text + media === 1 ? ['is', 'its answer is'] : ['are', 'their answers are'];
  return `${calls} ${are[0]} under way and ${are[0]} waited for, at most ${graceSeconds} s; Ctrl-C again stops at once (${are[1]} then lost and counted as unknown)`;
}

const part = (count: number, provider: string): string[] =>
  count === 0 ? [] : [`${count} ${count === 1 ? 'call' : 'calls'} to the ${provider} provider`];
