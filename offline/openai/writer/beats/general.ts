import type { Chance } from '../../../seed.js';
import type { Beat, Subject } from './beat.js';

const CLAIMS = [
  (s: string) => `Most advice on ${s} is right in general and of little help on a given day`,
  (s: string) => `The interesting part of ${s} is the part that gets a single line in the plan`,
  (s: string) => `People who know ${s} well tend to talk less and look longer`,
];
const CAUSES = [
  'The figures that are easy to collect are the ones that get collected, and they describe the easy cases',
  'Everyone sees the result, few see the second try, and the second try is where the method is',
  'What worked once gets copied together with everything that happened to stand beside it',
];
const TESTS = [
  'Pick one case from last week, follow it from end to end, and write down each place where someone had to guess',
  'Ask three people to describe the same step, and mark where their answers part',
  'Do it once by hand, slowly, with a pencil beside you',
];
const COSTS = [
  'It takes a morning, and the notes will be used longer than the plan they replace',
  'The price is an afternoon and a little pride',
  'Nothing has to be bought for it, which may be why it is so seldom done',
];
const SCENES = [
  'a table with a notebook, a cup and a half-finished sketch',
  'two people bent over the same sheet of paper',
  'an open door with light falling on a workbench',
];

/** A subject the beats do not know, such as a line of an account's own coverage. */
export function generalSubject(name: string, chance: Chance): Subject {
  return {
    name,
    claim: chance.pick(CLAIMS)(name),
    cause: chance.pick(CAUSES),
    test: chance.pick(TESTS),
    cost: chance.pick(COSTS),
    scene: chance.pick(SCENES),
  };
}

/** The beat of everything else; its subjects come from the prompt. */
export const general: Beat = {
  name: 'this field',
  words: /$^/g,
  subjects: [],
  asides: [
    'It sounds obvious, and it is hardly ever done',
    'The exceptions are worth more than the rule, so keep a list of them',
    'A good question here outlives three good answers',
    'Whoever does the work knows already; ask there first',
    'Small and finished teaches more than large and planned',
    'If two explanations fit, prefer the one that you can check by Friday',
    'The first version will be wrong in a way that helps',
  ],
  tags: ['notes', 'craft', 'practice', 'lessons', 'howitworks', 'fieldnotes'],
  look: 'quiet editorial illustration, two colours, generous space',
};

/** What the beat falls back on where a prompt names nothing to write about. */
export const EVERYDAY = [
  'the first draft',
  'a good checklist',
  'the weekly review',
  'honest estimating',
  'asking for help',
  'finishing early',
  'a small tool',
  'writing it down',
];
