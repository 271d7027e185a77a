import { describe, expect, it } from 'vitest';
import { landsOn } from './lands-on.js';

/** How real models end a piece on its button: said as it is, said otherwise, said with more. */
const LANDS: readonly (readonly [button: string, paragraph: string])[] = [
  ['The bill is the benchmark.', 'The bill is the benchmark.'],
  ['The bill is the benchmark.', 'So: “The bill is the benchmark”.'],
  [
    'The bill is the benchmark.',
    'Forget the leaderboard. In the end, your benchmark is the bill you pay each month.',
  ],
  ['The bill is the benchmark.', 'And that is why the only benchmark worth reading is billed by the token.'],
  ['The sea keeps the other time.', 'Two hands for us. The other time? That one is kept by the sea.'],
  [
    "the benchmark isn't the model. It's the agreement between the training team and the evaluators.",
    "Those questions rarely appear in the press release. The benchmark isn't the model. It's the agreement between the training team and the evaluators, and right now that agreement is doing a lot of work it was never designed to do.",
  ],
  [
    "A cache that is never measured isn't a cache, it's a hope.",
    'Measure the hit rate first. A cache you have not measured is just hope with an invoice.',
  ],
  [
    'Price the failure before you price the feature.',
    'Before the feature gets a price, put one on its failure. Then ship.',
  ],
  [
    'Cheap tokens are expensive when nobody counts them.',
    'Nobody was counting. That is how cheap tokens get expensive.',
  ],
  [
    'Ask for the denominator.',
    'When the next number lands, do one thing: ask for the denominator, and wait.',
  ],
  [
    'Your starter is hungry, not broken.',
    'It smells of nail varnish because your starter’s hungry. It isn’t broken.',
  ],
  ['Bread keeps its own clock.', "Bread, in the end, keeps a clock of its own, and it's never yours."],
  ['It is what it is.', 'We tried everything, and it is what it is.'],
  [
    'Die Rechnung ist der Maßstab.',
    'Am Ende zählt nur eins: Der Maßstab ist die Rechnung, die jeden Monat kommt.',
  ],
  ['Wer nicht misst, der hofft.', 'Messen oder hoffen: Wer nie misst, hofft eben.'],
  ['La facture est le vrai test.', 'Le vrai test, c’est la facture, et elle arrive toujours.'],
  ['El pan no espera a nadie.', 'Pon una alarma: el pan nunca espera, y menos a nadie con prisa.'],
  ['O mar guarda a outra hora.', 'A outra hora, essa, é o mar que a guarda.'],
  ['Il conto è il vero banco di prova.', 'Il vero banco di prova resta il conto.'],
  ['Rachunek jest prawdziwym testem.', 'Prawdziwy test to rachunek, który przychodzi co miesiąc.'],
  ['Счёт и есть настоящий тест.', 'Настоящий тест один: счёт в конце месяца.'],
  ['請求書こそが本当のベンチマークだ。', '結局のところ、本当のベンチマークは請求書だ。'],
  ['账单才是真正的基准。', '说到底，真正的基准是账单。'],
];

/** Paragraphs of the same subject that end on something else. */
const ENDS_ELSEWHERE: readonly (readonly [button: string, paragraph: string])[] = [
  ['The bill is the benchmark.', 'Benchmarks are fun to read. See you next week.'],
  ['The bill is the benchmark.', 'What do you think? Tell us in the comments.'],
  ['The bill is the benchmark.', 'The best teams test on their own data, and they do it every week.'],
  ['The bill is the benchmark.', 'So pay the bill on time, and keep the receipts.'],
  ['The sea keeps the other time.', 'The clock was repaired in May and has been right ever since.'],
  ['The sea keeps the other time.', 'It is time to look at the clock again.'],
  [
    "the benchmark isn't the model. It's the agreement between the training team and the evaluators.",
    'When you ask a model to solve a problem it saw during training, you measure recall with extra steps.',
  ],
  [
    "the benchmark isn't the model. It's the agreement between the training team and the evaluators.",
    'In conclusion, it is important to evaluate models with care. The future of training is bright.',
  ],
  [
    "A cache that is never measured isn't a cache, it's a hope.",
    'Caching is a great way to save money. Try it today!',
  ],
  ['Price the failure before you price the feature.', 'Failures happen, and the market will decide.'],
  [
    'Cheap tokens are expensive when nobody counts them.',
    'Tokens will get cheaper next year, as they did this year.',
  ],
  ['Ask for the denominator.', 'Ask your vendor for a discount.'],
  ['Your starter is hungry, not broken.', 'Feed your starter twice a day, and keep it out of the sun.'],
  ['Bread keeps its own clock.', 'Let the bread cool for an hour before you cut it.'],
  ['Die Rechnung ist der Maßstab.', 'Die Modelle werden jedes Jahr besser, und die Preise fallen.'],
  ['Wer nicht misst, der hofft.', 'Wer nicht fragt, der bleibt dumm.'],
  ['La facture est le vrai test.', 'Les modèles sont de plus en plus rapides, et c’est tant mieux.'],
  ['El pan no espera a nadie.', 'El horno tiene que estar muy caliente para que no se pegue.'],
  ['O mar guarda a outra hora.', 'O relógio foi consertado em maio e está certo desde então.'],
  ['Rachunek jest prawdziwym testem.', 'Modele są coraz lepsze i coraz tańsze.'],
  ['Счёт и есть настоящий тест.', 'Модели становятся лучше с каждым годом.'],
  ['請求書こそが本当のベンチマークだ。', 'モデルは毎年よくなっている。'],
  ['账单才是真正的基准。', '模型每年都在变得更好。'],
];

describe('landsOn', () => {
  it.each(LANDS)('"%s" is said by "%s"', (button, paragraph) => {
    expect(landsOn(paragraph, button)).toBe(true);
  });

  it.each(ENDS_ELSEWHERE)('"%s" is not said by "%s"', (button, paragraph) => {
    expect(landsOn(paragraph, button)).toBe(false);
  });

  it('wants the words close together: a long paragraph says all sorts of things', () => {
    const spread = `The bill came. ${'Nobody had looked at it for a while. '.repeat(5)}Another benchmark came too.`;
    expect(landsOn(spread, 'The bill is the benchmark.')).toBe(false);
  });

  it('counts words and knows no thought: of three, two will do', () => {
    const button = 'Price the failure before you price the feature.';
    expect(landsOn('Features should be priced with care.', button)).toBe(true);
  });

  it('does not care about case, quotes, accents composed otherwise, or order', () => {
    expect(landsOn('LE CAFÉ, C’EST “LA PAUSE”.', "La pause, c'est le cafe\u0301.")).toBe(true);
  });

  it('holds for a button that says nothing, and not for a paragraph that does', () => {
    expect(landsOn('Anything.', '…')).toBe(true);
    expect(landsOn('', 'The bill is the benchmark.')).toBe(false);
  });
});
