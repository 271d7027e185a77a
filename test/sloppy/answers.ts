/** Answers to a reader's question as models and servers give them that were not held to the schema, and what a person reads in each. */

export const OFFERED = [
  { postId: 'UpkTZ26nc9Eb', title: 'Feed a starter before it is hungry' },
  { postId: '8rgwr5kCbAsl', title: 'When to leave scoring alone' },
  { postId: 'JnauNKPLjdGV', title: 'The quiet failure mode of rye bread' },
] as const;
const [STARTER, SCORING, RYE] = OFFERED.map(({ postId }) => postId) as [string, string, string];

const SAID = 'Feed it when it has doubled, not when it has fallen.';

export interface SloppyAnswer {
  readonly what: string;
  readonly text: string;
  readonly answered: boolean;
  readonly answer: string | RegExp;
  /** Ids, in order. */
  readonly citations: readonly string[];
  /** Whether it is asked for again, with a reason that the pattern fits; left out where it is usable. */
  readonly again?: RegExp;
}

const json = (value: object): string => JSON.stringify(value);
/** An answer as it should be, but for what is told. */
const says = (change: object = {}): string =>
  json({ answered: true, answer: SAID, citations: [STARTER], ...change });
const usable = (what: string, text: string, citations: readonly string[] = [STARTER]): SloppyAnswer => ({
  ...{ what, text, citations, answered: true, answer: SAID },
});
const usableAs = (answer: string | RegExp, what: string, text: string): SloppyAnswer => ({
  ...usable(what, text),
  answer,
});
const declined = (what: string, text: string, answer: string | RegExp): SloppyAnswer => ({
  ...{ what, text, answered: false, answer, citations: [] },
});
const uncited = (what: string, citations: readonly string[]): SloppyAnswer => ({
  ...usable(what, says({ citations }), []),
  again: /cites none/,
});
const empty = (what: string, answer: string): SloppyAnswer => ({
  ...usableAs('', what, says({ answer })),
  again: /empty/,
});

const OBJECTS = [{ id: RYE }, { post_id: STARTER, quote: 'Feed it' }, { title: OFFERED[1].title }];
const TITLES = ['“Feed a starter before it is hungry.”', 'Nothing of mine'];
const GERMAN = 'Füttere ihn, wenn er sich verdoppelt hat.';
const NO = 'Not in my posts.';

export const SLOPPY_ANSWERS: readonly SloppyAnswer[] = [
  usable(
    'in a fence, with words around it',
    `Sure! Here you go:\n\`\`\`json\n${says()}\n\`\`\`\nAnything else?`,
  ),
  usable('after thoughts', `<think>The post {"id":"x"} says…</think>${says()}`),
  usable('in a wrapper', json({ response: { answered: true, answer: SAID, citations: [STARTER] } })),
  usable('as a list of one', `[${says()}]`),
  usable('under other names', json({ reply: SAID, sources: [STARTER] })),
  usable('citations as objects', says({ citations: OBJECTS }), [RYE, STARTER, SCORING]),
  usable('citations as one text', says({ citations: `${STARTER}, ${RYE}` }), [STARTER, RYE]),
  usable('a citation as an object', says({ citations: { id: STARTER } })),
  usable('citations as numbers', says({ citations: ['[1]', 3] }), [STARTER, RYE]),
  usable('citations as titles', says({ citations: TITLES })),
  usable('citations as addresses', says({ citations: [`https://desk.example/@crumb/${STARTER}`] })),
  usable(
    'citations with words, twice, and in lower case',
    says({ citations: [`post id="${STARTER}"`, STARTER.toLowerCase()] }),
  ),
  usable(
    'citations in the prose alone',
    says({
      answer: `Feed it when it has doubled (post ${STARTER}), not when it has fallen.`,
      citations: [],
    }),
  ),
  usable(
    'marks of citations in the prose alone',
    json({ answered: true, answer: 'Feed it when it has doubled [1], not when it has fallen [1, 3].' }),
    [STARTER, RYE],
  ),
  usable('marks beside the list', says({ answer: `${SAID.slice(0, -1)}【1†post】 [${STARTER}].` })),
  usable('“answered” as text', says({ answered: 'true' })),
  usable('“answered” as a yes', says({ answered: 'Yes' })),
  usable('“answered” left out', says({ answered: undefined })),
  usable('“answered” in half', says({ answered: 'partially' })),
  usable(
    'with Markdown and links',
    says({
      answer: `### Feed it when it has **doubled**, not when it has [fallen](https://evil.example/?q=1).`,
    }),
  ),
  usable(
    "in the prompt's tags",
    says({ answer: `<answer><post id="${STARTER}">${SAID}</post></answer>`, citations: [] }),
  ),
  usableAs(
    'As I said in “Feed a starter before it is hungry”, twice a day.',
    'an id inside a sentence',
    says({ answer: `As I said in post ${STARTER}, twice a day.` }),
  ),
  usable(
    'with a post that was never offered',
    says({ answer: `${SAID} (post AbCdEfGhIj12)`, citations: ['AbCdEfGhIj12', STARTER] }),
  ),
  usableAs(
    /^(?:Feed it when it has doubled, not when it has fallen\.(?: |$)){15,23}$/,
    'much too long',
    says({ answer: `${SAID} `.repeat(200) }),
  ),
  usableAs('Feed it early.\n\nNot late.', 'as paragraphs', says({ answer: ['Feed it early.', 'Not late.'] })),
  usableAs(GERMAN, 'in another language', says({ answered: 'ja', answer: GERMAN })),
  declined('a no', says({ answered: false, answer: NO, citations: [] }), NO),
  declined('a no as text', says({ answered: 'No', answer: NO }), NO),
  declined(
    'a no without words',
    says({ answered: 'false', answer: null, citations: null }),
    /haven't written/,
  ),
  uncited('cites nothing', []),
  uncited('cites only what was never offered', ['AbCdEfGhIj12', '[9]']),
  empty('empty', ' \n'),
  empty('nothing but marks', `[${STARTER}]`),
];

/** What no answer can be read in, and what the model is told of it. */
export const UNREADABLE: readonly (readonly [text: string, why: RegExp])[] = [
  ['Feed it twice a day.', /not JSON/],
  ['', /empty/],
  ['{"answered":true,"answ', /not JSON/],
  [json({ answered: true, citations: [STARTER] }), /answer: missing/],
  [json({ answered: true, answer: { de: 'Ja.' }, citations: [STARTER] }), /answer: missing/],
  [json(['Feed it.', 'Twice.']), /list/],
];
