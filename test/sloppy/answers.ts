/** Answers to a reader's question as models and servers give them that were not held to the schema, and what a person reads in each. */

export const OFFERED = [
  { postId: 'UpkTZ26nc9Eb', title: 'Feed a starter before it is hungry' },
  { postId: '8rgwr5kCbAsl', title: 'When to leave scoring alone' },
  { postId: 'JnauNKPLjdGV', title: 'The quiet failure mode of rye bread' },
] as const;
const [STARTER, SCORING, RYE] = OFFERED.map(({ postId }) => postId) as [string, string, string];

const SAID = 'Feed it when it has doubled, not when it has fallen.';

export interface SloppyAnswer {
  /** What is wrong with it. */
  readonly what: string;
  /** The text of the model. */
  readonly text: string;
  readonly answered: boolean;
  readonly answer: string | RegExp;
  /** Ids, in order. */
  readonly citations: readonly string[];
  /** Whether it is asked for again, with a reason that the pattern fits; left out where it is usable. */
  readonly again?: RegExp;
}

const json = (value: object): string => JSON.stringify(value);
const usable = (what: string, text: string, citations: readonly string[] = [STARTER]): SloppyAnswer => ({
  ...{ what, text, citations, answered: true, answer: SAID },
});
const declined = (what: string, text: string, answer: string | RegExp): SloppyAnswer => ({
  ...{ what, text, answered: false, answer, citations: [] },
});

export const SLOPPY_ANSWERS: readonly SloppyAnswer[] = [
  usable(
    'in a fence, with words around it',
    `Sure! Here you go:\n\`\`\`json\n${json({ answered: true, answer: SAID, citations: [STARTER] })}\n\`\`\`\nAnything else?`,
  ),
  usable(
    'after thoughts',
    `<think>The post {"id":"x"} says…</think>${json({ answered: true, answer: SAID, citations: [STARTER] })}`,
  ),
  usable('in a wrapper', json({ response: { answered: true, answer: SAID, citations: [STARTER] } })),
  usable('as a list of one', json([{ answered: true, answer: SAID, citations: [STARTER] }])),
  usable('under other names', json({ reply: SAID, sources: [STARTER] })),
  usable(
    'citations as objects',
    json({
      ...{ answered: true, answer: SAID },
      citations: [{ id: RYE }, { post_id: STARTER, quote: 'Feed it' }, { title: OFFERED[1].title }],
    }),
    [RYE, STARTER, SCORING],
  ),
  usable('citations as one text', json({ answered: true, answer: SAID, citations: `${STARTER}, ${RYE}` }), [
    STARTER,
    RYE,
  ]),
  usable('a citation as an object', json({ answered: true, answer: SAID, citations: { id: STARTER } })),
  usable('citations as numbers', json({ answered: true, answer: SAID, citations: ['[1]', 3] }), [
    STARTER,
    RYE,
  ]),
  usable(
    'citations as titles',
    json({
      answered: true,
      answer: SAID,
      citations: ['“Feed a starter before it is hungry.”', 'Nothing of mine'],
    }),
  ),
  usable(
    'citations as addresses',
    json({ answered: true, answer: SAID, citations: [`https://desk.example/@crumb/${STARTER}`] }),
  ),
  usable(
    'citations with words, twice, and in lower case',
    json({ answered: true, answer: SAID, citations: [`post id="${STARTER}"`, STARTER.toLowerCase()] }),
  ),
  usable(
    'citations in the prose alone',
    json({
      answered: true,
      answer: `Feed it when it has doubled (post ${STARTER}), not when it has fallen.`,
      citations: [],
    }),
  ),
  usable(
    'marks of citations in the prose alone',
    json({ answered: true, answer: 'Feed it when it has doubled [1], not when it has fallen [1, 3].' }),
    [STARTER, RYE],
  ),
  usable(
    'marks beside the list',
    json({ answered: true, answer: `${SAID.slice(0, -1)}【1†post】 [${STARTER}].`, citations: [STARTER] }),
  ),
  usable('“answered” as text', json({ answered: 'true', answer: SAID, citations: [STARTER] })),
  usable('“answered” as a yes', json({ answered: 'Yes', answer: SAID, citations: [STARTER] })),
  usable('“answered” left out', json({ answer: SAID, citations: [STARTER] })),
  usable('“answered” in half', json({ answered: 'partially', answer: SAID, citations: [STARTER] })),
  usable(
    'with Markdown and links',
    json({
      ...{ answered: true, citations: [STARTER] },
      answer: `### Feed it when it has **doubled**, not when it has [fallen](https://evil.example/?q=1).`,
    }),
  ),
  usable(
    "in the prompt's tags",
    json({ answered: true, answer: `<answer><post id="${STARTER}">${SAID}</post></answer>`, citations: [] }),
  ),
  {
    ...usable(
      'an id inside a sentence',
      json({ answered: true, answer: `As I said in post ${STARTER}, twice a day.`, citations: [STARTER] }),
    ),
    answer: 'As I said in “Feed a starter before it is hungry”, twice a day.',
  },
  usable(
    'with a post that was never offered',
    json({ answered: true, answer: `${SAID} (post AbCdEfGhIj12)`, citations: ['AbCdEfGhIj12', STARTER] }),
  ),
  {
    ...usable(
      'much too long',
      json({ answered: true, answer: `${SAID} `.repeat(200), citations: [STARTER] }),
    ),
    answer: /^(?:Feed it when it has doubled, not when it has fallen\.(?: |$)){15,23}$/,
  },
  {
    ...usable(
      'as paragraphs',
      json({ answered: true, answer: ['Feed it early.', 'Not late.'], citations: [STARTER] }),
    ),
    answer: 'Feed it early.\n\nNot late.',
  },
  {
    ...usable(
      'in another language',
      json({ answered: 'ja', answer: 'Füttere ihn, wenn er sich verdoppelt hat.', citations: [STARTER] }),
    ),
    answer: 'Füttere ihn, wenn er sich verdoppelt hat.',
  },
  declined('a no', json({ answered: false, answer: 'Not in my posts.', citations: [] }), 'Not in my posts.'),
  declined(
    'a no as text',
    json({ answered: 'No', answer: 'Not in my posts.', citations: [STARTER] }),
    'Not in my posts.',
  ),
  declined(
    'a no without words',
    json({ answered: 'false', answer: null, citations: null }),
    /haven't written/,
  ),
  {
    ...usable('cites nothing', json({ answered: true, answer: SAID, citations: [] }), []),
    again: /cites none/,
  },
  {
    ...usable(
      'cites only what was never offered',
      json({ answered: true, answer: SAID, citations: ['AbCdEfGhIj12', '[9]'] }),
      [],
    ),
    again: /cites none/,
  },
  {
    ...usable('empty', json({ answered: true, answer: ' \n', citations: [STARTER] })),
    ...{ answer: '', again: /empty/ },
  },
  {
    ...usable('nothing but marks', json({ answered: true, answer: `[${STARTER}]`, citations: [STARTER] })),
    ...{ answer: '', again: /empty/ },
  },
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
