/** A way to look at a subject: each makes another piece of it. */
export interface Lens {
  title(subject: string): string;
  angle(subject: string): string;
  /** The first sentence of a piece, without its dot. */
  open(subject: string): string;
  /** The line the piece lands on. */
  button(subject: string): string;
}

const lens = (
  title: Lens['title'],
  angle: Lens['angle'],
  open: Lens['open'],
  button: Lens['button'],
): Lens => ({ title, angle, open, button });

/** Subjects may be singular or plural: no verb here agrees with one. */
export const LENSES: readonly Lens[] = [
  lens(
    (s) => `The real cost of ${s}`,
    (s) => `Follow the money and the hours through ${s}, and name the line that nobody budgets`,
    (s) =>
      `Ask what was spent on ${s} last month and you will get a confident number that leaves out most of it`,
    () => 'The cheap part is the part you can see.',
  ),
  lens(
    (s) => `${cap(s)}: the number to check first`,
    (s) => `One measurement that settles most arguments about ${s}, and how to take it honestly`,
    (s) => `There are a dozen ways to judge ${s}, and one of them can be had before lunch`,
    () => 'Measure the thing you would be embarrassed to get wrong.',
  ),
  lens(
    (s) => `The quiet failure mode of ${s}`,
    (s) => `How ${s} can go wrong without anyone noticing, and what the early sign looks like`,
    (s) => `Trouble with ${s} seldom makes a noise at first`,
    () => 'What fails loudly gets fixed. Watch the rest.',
  ),
  lens(
    (s) => `How to stop guessing about ${s}`,
    (s) => `Replace three common guesses about ${s} with things that can be looked up or tried`,
    (s) => `Everyone has an opinion on ${s}, and hardly anyone has a record`,
    () => 'A guess you write down is halfway to a measurement.',
  ),
  lens(
    (s) => `${cap(s)} in one afternoon`,
    (s) => `The smallest useful start with ${s}, for someone who has four hours and no patience`,
    (s) => `Four hours are enough to learn where you stand with ${s}`,
    () => 'Start small enough that you finish.',
  ),
  lens(
    (s) => `A field test for ${s}`,
    (s) => `A test of ${s} that works outside the demo, with ordinary material on an ordinary day`,
    (s) => `Demonstrations of ${s} are staged on the best day of the year`,
    () => 'If it only works on stage, it does not work.',
  ),
  lens(
    (s) => `The boring way with ${s}`,
    (s) => `Why the unexciting way to handle ${s} keeps winning, and what the clever way hides`,
    (s) => `There is a clever way to handle ${s}, and there is the way that still works in a year`,
    () => 'Boring is what reliable looks like from outside.',
  ),
  lens(
    (s) => `Reading about ${s} without the hype`,
    (s) => `Three questions to put to any claim about ${s} before passing it on`,
    (s) => `Claims about ${s} arrive with a picture and without a method`,
    () => 'Ask what would have to be true, then go and look.',
  ),
  lens(
    (s) => `What nobody writes down about ${s}`,
    (s) => `The habits around ${s} that experienced people have and manuals leave out`,
    (s) => `The manuals on ${s} stop exactly where the work begins`,
    () => 'The manual is where the learning starts.',
  ),
  lens(
    (s) => `The mistakes that explain ${s}`,
    (s) => `Learn ${s} backwards, from the errors that everyone makes once`,
    (s) => `The shortest way into ${s} is through the mistakes that everyone makes once`,
    () => 'Make the mistake small, and make it early.',
  ),
  lens(
    (s) => `A second look at ${s}`,
    (s) => `What changed about ${s} since most of us made up our minds`,
    (s) => `Most of us settled our view of ${s} years ago and have not been back`,
    () => 'Old answers deserve new questions.',
  ),
  lens(
    (s) => `When to leave ${s} alone`,
    (s) => `The cases in which doing nothing about ${s} is the better plan, and how to tell`,
    (s) => `It is possible to care too much about ${s}`,
    () => 'Knowing when to stop is part of the skill.',
  ),
];

/** Ends that make another title of the same; the first is none. */
export const TURNS: readonly string[] = [
  '',
  ', for small teams',
  ' on a bad day',
  ' after the first month',
  ', with the receipts',
  ' before it grows',
  ', a year later',
  ' for the impatient',
  ', in plain words',
  ' when money is short',
  ', from the beginning',
  ' as a beginner sees it',
];

export const cap = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
