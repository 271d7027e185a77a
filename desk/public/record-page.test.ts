import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OPENING_MS, openDesk, type DeskUnderTest } from '../testing/desk-under-test.js';
import { pageText } from '../testing/page-text.js';
import { sampleAccount, sampleBatch, samplePost } from '../testing/samples.js';

/** A published post with the facts of the page that this system is measured by; its sentences are of our own. */
const ID = 'UpkTZ26nc9Eb';
const AT = '2026-05-11T13:18:00.000Z';
const PLANNER = 'foundation_models_and_inference_economics';
const SPECIAL_MESSAGE =
  "Generate exactly 5 items: 1 with content_format='video' and 4 with content_format='hero_text'.";
const TITLE = 'What a price per token leaves out of the bill';
const BUTTON = "the price isn't the bill. It's the part of the bill that fits on a slide.";
const ANGLE =
  'Evergreen take on price lists: every new model comes with a figure per million tokens. The piece does the sum that the figure leaves out.';
const RATIONALE =
  'Core beat. No news peg needed. hero_text because the sum needs room. Freshens the batch beside two pieces on news.';
const BODY = [
  'A price per token is the first number of a launch. Nobody pays it: a call has a prompt, retries and an answer that somebody reads.',
  "A retry isn't rare. When one call in nine is sent again, the price list is off by a ninth before anything else is.",
  "Ask for the price of a finished ticket. The price isn't the bill. It's the part of the bill that fits on a slide.",
];
const CAPTION = "A price per token is the part of the bill that fits on a slide. That's all.";

const post = samplePost(ID, {
  account: 'ashtalksai',
  planner: PLANNER,
  title: TITLE,
  plan: { topic: 'Price lists', angle: ANGLE, rationale: RATIONALE, newsPeg: null, button: BUTTON },
  specialMessage: SPECIAL_MESSAGE,
  body: BODY.join('\n\n'),
  caption: CAPTION,
  hashtags: ['ai', 'machinelearning', 'llm', 'mlops'],
  pipeline: samplePost(ID)
    .pipeline.filter(({ step }) => step === 'hero_image' || step === 'review')
    .map((row) => (row.step === 'review' ? { ...row, note: 'gate publish approved by maria' } : row)),
  costUsd: 0.06,
});

let desk: DeskUnderTest;
let page: string;
let text: string;
beforeAll(async () => {
  desk = await openDesk();
  const account = sampleAccount({ handle: 'ashtalksai', name: 'Ash' });
  await desk.saveBatch(sampleBatch({ account: 'ashtalksai', planner: PLANNER }), account);
  await desk.publish(post);
  page = await (await desk.get(`/@ashtalksai/posts/${ID}`)).text();
  text = await pageText(new Response(page));
}, OPENING_MS);
afterAll(() => desk.close());

/** Fails unless the parts stand in the text one after the other. */
function expectInOrder(parts: readonly string[]): void {
  let from = 0;
  for (const part of parts) {
    const at = text.indexOf(part, from);
    expect(at, `'${part}' after '${text.slice(Math.max(0, from - 60), from)}'`).toBeGreaterThanOrEqual(0);
    from = at + part.length;
  }
}

/** What stands below a heading of the record, up to the next one. */
function section(heading: string): string {
  const after = page.slice(page.indexOf(`<h2>${heading}</h2>`));
  return after.slice(0, after.indexOf('</section>')).replace(/<[^>]*>/g, ' ');
}

describe('the page of a post', () => {
  it('begins with title, byline and state line', () => {
    expectInOrder([
      '← @ashtalksai',
      TITLE,
      'By Ash',
      'published · May 11, 3:18 PM · $0.06 total · published 48d ago',
    ]);
  });

  it('is then read without a heading: picture, article, caption, hashtags, makers', () => {
    const [before = ''] = page.split('How this was made');
    expect([...before.matchAll(/<h\d[^>]*>([^<]*)</g)].map(([, heading]) => heading)).toEqual([
      TITLE.replaceAll("'", '&#39;'),
    ]);
    expectInOrder([TITLE, ...BODY, CAPTION, '#ai', '#mlops', 'Made with AI: fal-ai/flux-pro/v1.1-ultra']);
    expect(page.indexOf(`src="/assets/${ID}_hero.png"`)).toBeLessThan(
      page.indexOf('A price per token is the first'),
    );
  });

  it('has the whole record below, folded for a visitor and open for the signed-in', async () => {
    expect(page).toMatch(/<details class="record">\s*<summary>How this was made/);
    const signedIn = await (await desk.getSignedIn(`/@ashtalksai/posts/${ID}`)).text();
    expect(signedIn).toMatch(/<details class="record" open=""?>\s*<summary>How this was made/);
    expect(signedIn).toContain(`<a href="/desk/posts/${ID}">Open in the desk</a>`);
    expect(page).not.toContain('/desk/posts/');
  });

  it('has every fact of the record, in its order', () => {
    expectInOrder([
      'How this was made',
      'Plan (drafter input)',
      `planner ${PLANNER}`,
      `${ANGLE} Button: ${BUTTON}`,
      RATIONALE,
      `special_message: ${SPECIAL_MESSAGE}`,
      'Body',
      ...BODY,
      'Caption',
      `${CAPTION} #ai #machinelearning #llm #mlops`,
      'Pipeline',
      'Hero image',
      'Chat References',
      'No bot turns have referenced this post yet.',
    ]);
  });

  it('has what each step used, cost and took', () => {
    const pipeline = section('Pipeline');
    for (const fact of [
      'Hero image',
      'done',
      'fal',
      'fal-ai/flux-pro/v1.1-ultra',
      `${ID}_hero.png`,
      '$0.06',
      'api 23.8s',
      'May 11, 3:18 PM',
    ])
      expect(pipeline).toContain(fact);
  });

  it('names the news that a post hangs on and links it, and links nothing that is no web address', async () => {
    const show = async (id: string, newsUrl: string) => {
      const plan = { ...post.plan, newsPeg: '<script>alert(1)</script> A crane is sold', newsUrl };
      await desk.publish(samplePost(id, { account: 'ashtalksai', planner: PLANNER, plan }));
      return (await desk.get(`/@ashtalksai/posts/${id}`)).text();
    };
    const linked = await show('Newsnewsnew1', 'https://news.example/"><script>?a=1&b=2');
    expect(linked).toContain(
      '<a href="https://news.example/%22%3E%3Cscript%3E?a=1&amp;b=2" rel="nofollow noopener">',
    );
    expect(linked).toContain('&lt;script&gt;alert(1)&lt;/script&gt; A crane is sold');
    const code = await show('Newsnewsnew2', 'javascript:alert(1)');
    expect(code).not.toMatch(/news source|href="javascript/);
    for (const shown of [linked, code]) expect(shown).not.toContain('<script>alert');
  });

  it('gives every time its zone and full date', () => {
    const times = page.match(/<time[^>]*>/g) ?? [];
    expect(times.length).toBeGreaterThanOrEqual(3);
    for (const time of times) {
      expect(time).toContain(`datetime="${AT}"`);
      expect(time).toContain('title="Monday, May 11, 2026 at 3:18:00 PM GMT+2 (Europe/Warsaw)"');
    }
  });

  it('names nobody who decided, and repeats no note, whoever reads it', async () => {
    const signedIn = await (await desk.getSignedIn(`/@ashtalksai/posts/${ID}`)).text();
    for (const shown of [page, signedIn]) {
      expect(shown).not.toContain('maria');
      expect(shown).not.toContain('Good.');
    }
  });
});
