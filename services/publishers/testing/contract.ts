import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Publication } from '../../../contract/status.js';
import { failure } from '../../testing/failure.js';
import { ChangeRefused, TargetFailure, type Edition, type Publisher } from '../publisher.js';
import type { Target } from '../../../contract/account.js';

/** A publisher with a target of its kind that holds nothing yet, as a test opens it. */
export interface Stage {
  readonly publisher: Publisher;
  readonly target: Target;
  /** A new post in its first revision, with whatever of it has to be stored. Each has a `postId` of its own. */
  edition(): Promise<Edition>;
  /** How many publications of a post stand at the target now. */
  count(postId: string): Promise<number>;
  /** How many publications two revisions of a post are; a page that shows the post is 1. */
  readonly twoRevisions: 1 | 2;
  /** What can go wrong there, except what the suite is told that it lacks. */
  readonly faults: Partial<Faults>;
  close(): Promise<void>;
}

/** How a target's bad days are brought about. */
export interface Faults {
  /** The next write is done, and its answer is lost. */
  loseAnswer(): void;
  /** The next write is answered with this status, and nothing is written. */
  answer(status: number, retryAfterSeconds?: number): void;
  /** Nobody listens at the target's address any more. @returns how it comes back */
  goAway(): Promise<() => Promise<void>>;
  readonly credential: Credential;
}

export interface Credential {
  /** What no message may hold. */
  readonly secret: string;
  /** The variable that holds it, which a message names. */
  readonly variable: string;
  /** The worker lacks it. @returns how it gets it back */
  remove(): () => void;
  /** The target takes it no more. @returns how it takes it again */
  withdraw(): () => void;
}

const RETRY_AFTER = 120;

/**
 * What every publisher promises, so that nothing is published twice and nothing is lost without a word.
 *
 * @param lacks what can't go wrong at this target, such as an answer's status where none is asked over HTTP
 */
export function publisherContract(
  name: string,
  open: () => Promise<Stage>,
  lacks: readonly (keyof Faults)[] = [],
): void {
  let stage: Stage;
  const publish = (edition: Edition): Promise<Publication> => stage.publisher.publish(edition, stage.target);
  const find = (edition: Edition): Promise<Publication | null> => stage.publisher.find(edition, stage.target);
  const unpublish = (edition: Edition, publication: Publication): Promise<string> =>
    stage.publisher.unpublish(edition.postId, publication, stage.target);
  const fault = <F extends keyof Faults>(which: F): Faults[F] => {
    const found = stage.faults[which];
    return (
      found ?? expect.fail(`the stage of ${name} has no fault '${which}', and doesn't say that it lacks it`)
    );
  };

  /** Where it can't look, it says so; a target that isn't repeatable has to be able to. */
  async function expectNone(edition: Edition): Promise<void> {
    const found = await find(edition).catch((error: unknown) => {
      if (stage.publisher.repeatable && error instanceof TargetFailure) return null;
      throw error;
    });
    expect(found).toBeNull();
    expect(await stage.count(edition.postId)).toBe(0);
  }

  /** After a failed attempt has left nothing, the next one publishes. */
  async function expectPublished(edition: Edition): Promise<void> {
    expect(await publish(edition)).toMatchObject({ target: stage.target.name, removedAt: null });
    expect(await stage.count(edition.postId)).toBe(1);
  }

  const faulty = (which: keyof Faults, what: string, run: () => Promise<void>): void => {
    if (!lacks.includes(which)) test(what, run);
  };

  describe(`publishing to ${name}`, () => {
    beforeAll(async () => {
      stage = await open();
    }, 120_000);
    afterAll(() => stage?.close());

    test('is of the kind of its target, publishes once, and answers where it stands', async () => {
      expect(stage.publisher.kind).toBe(stage.target.kind);
      const edition = await stage.edition();
      await expectNone(edition);
      const publication = await publish(edition);
      expect(publication).toEqual({
        target: stage.target.name,
        url: expect.stringMatching(/^https?:\/\/\S+$/) as string,
        at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/) as string,
        removedAt: null,
      });
      expect(await stage.count(edition.postId)).toBe(1);
    });

    test('the same edition again, also by three at once, is the same publication', async () => {
      const edition = await stage.edition();
      const three = await Promise.all([publish(edition), publish(edition), publish(edition)]);
      const urls = [...three, await publish(edition)].map(({ url }) => url);
      expect(new Set(urls).size).toBe(1);
      expect(await stage.count(edition.postId)).toBe(1);
    });

    test('two posts are two publications, and another revision is what the target makes of it', async () => {
      const [one, other] = [await stage.edition(), await stage.edition()];
      await publish(one);
      await publish(other);
      expect([await stage.count(one.postId), await stage.count(other.postId)]).toEqual([1, 1]);
      await publish(revised(one));
      expect(await stage.count(one.postId)).toBe(stage.twoRevisions);
    });

    test('finds what it published, where it can look, and looking writes nothing', async () => {
      const edition = await stage.edition();
      const publication = await publish(edition);
      const found = await find(edition).catch((error: unknown) => {
        if (!stage.publisher.repeatable) throw error;
        expect(error).toBeInstanceOf(TargetFailure);
        return publication;
      });
      expect(found).toMatchObject({ target: stage.target.name, url: publication.url });
      expect(await stage.count(edition.postId)).toBe(1);
    });

    test('deletes what it published, and does not complain of what is gone', async () => {
      const edition = await stage.edition();
      const publication = await publish(edition);
      expect(new Date(await unpublish(edition, publication)).getTime()).not.toBeNaN();
      await expectNone(edition);
      await unpublish(edition, publication);
      await expectNone(edition);
    });

    test('says who signs in, and writes nothing for it', async () => {
      const { as, limits } = await stage.publisher.check(stage.target);
      expect(as).not.toBe('');
      for (const limit of limits) expect(limit).toMatch(/^[^\n]{1,100}$/);
    });

    faulty('loseAnswer', 'an answer that is lost leaves one publication, which is had again', async () => {
      const edition = await stage.edition();
      fault('loseAnswer')();
      expect(outcomeOf(await failure(publish(edition)))).toBe('unknown');
      expect(await stage.count(edition.postId)).toBe(1);
      const again = await (stage.publisher.repeatable ? publish(edition) : find(edition));
      expect(again).toMatchObject({ target: stage.target.name, removedAt: null });
      expect(await stage.count(edition.postId)).toBe(1);
    });

    faulty('answer', 'a 429 is worth another try, after as long as the target says', async () => {
      const edition = await stage.edition();
      fault('answer')(429, RETRY_AFTER);
      const error = await failure(publish(edition));
      expect(error).toMatchObject({ name: 'TargetFailure', outcome: 'later', type: 'Target.RateLimit' });
      // A target may give the time instead of the seconds.
      expect(Math.abs(error.retryAfterSeconds - RETRY_AFTER)).toBeLessThanOrEqual(10);
      await expectNone(edition);
      await expectPublished(edition);
    });

    for (const status of [500, 503]) {
      faulty('answer', `a ${status} never says that nothing was written where it can't know`, async () => {
        const edition = await stage.edition();
        fault('answer')(status);
        const error = await failure(publish(edition));
        expect(error).toBeInstanceOf(TargetFailure);
        expect(['later', 'unknown']).toContain(outcomeOf(error));
        await expectNone(edition);
        await expectPublished(edition);
      });
    }

    faulty('goAway', 'a target that is away has got nothing, and is worth another try', async () => {
      const edition = await stage.edition();
      const published = await stage.edition();
      const publication = await publish(published);
      const comeBack = await fault('goAway')();
      try {
        // A connection that was still open may break under the first, which then can't know what it wrote.
        expect(['later', 'unknown']).toContain(outcomeOf(await failure(publish(edition))));
        expect(await failure(publish(edition))).toMatchObject({ name: 'TargetFailure', outcome: 'later' });
        expect(await failure(find(edition)), 'is not sure').toBeInstanceOf(TargetFailure);
        expect(await failure(stage.publisher.check(stage.target))).toBeInstanceOf(TargetFailure);
        const kept = await failure(unpublish(published, publication));
        expect(kept, 'may be deleted later').not.toBeInstanceOf(ChangeRefused);
      } finally {
        await comeBack();
      }
      await expectNone(edition);
      await expectPublished(edition);
    });

    for (const how of ['remove', 'withdraw'] as const) {
      const title = how === 'remove' ? 'a credential that the worker lacks' : 'a withdrawn credential';
      faulty('credential', `${title} is for a person to mend, who is told which`, async () => {
        const edition = await stage.edition();
        const published = await stage.edition();
        const publication = await publish(published);
        const { secret, variable, ...credential } = fault('credential');
        const mend = credential[how]();
        try {
          const refused = await failure(publish(edition));
          expect(refused).toMatchObject({ outcome: 'refused', type: 'Target.SignIn' });
          const kept = await failure(unpublish(published, publication));
          expect(kept).toBeInstanceOf(ChangeRefused);
          for (const { message } of [refused, kept]) {
            expect(message).toContain(variable);
            expect(message).not.toContain(secret);
            expect(message).not.toContain('\n');
          }
        } finally {
          mend();
        }
        expect(await stage.count(published.postId)).toBe(1);
        await expectNone(edition);
        await expectPublished(edition);
      });
    }
  });
}

/** As a person revises a post: other words, approved at another time. */
function revised(edition: Edition): Edition {
  const { revision, caption, text, at } = edition;
  const words = 'Said in another way. ';
  return {
    ...edition,
    revision: revision + 1,
    caption: words + caption,
    ...(text ? { text: words + text } : {}),
    ...(at === undefined ? {} : { at: new Date(Date.parse(at) + 1_000).toISOString() }),
  };
}

/** What is no failure of a target may have been written. */
const outcomeOf = (error: Error): string => (error instanceof TargetFailure ? error.outcome : 'unknown');
