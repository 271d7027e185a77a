import { expect, it } from 'vitest';
import { landsOn } from './lands-on.js';

const BILL = 'The bill is the benchmark.';
const SEA = 'The sea keeps the other time.';
const MODEL =
  "the benchmark isn't the model. It's the agreement between the training team and the evaluators.";
const HOPE = "A cache that is never measured isn't a cache, it's a hope.";
const FAILURE = 'Price the failure before you price the feature.';
const CHEAP = 'Cheap tokens are expensive when nobody counts them.';

/** How real models end a piece on its button: said as it is, said otherwise, said with more. */
const LANDS: readonly (readonly [button: string, paragraph: string])[] = [
  [BILL, BILL],
  [BILL, 'So: “The bill is the benchmark”.'],
  [BILL, 'Forget the leaderboard. In the end, your benchmark is the bill you pay each month.'],
  [BILL, 'And that is why the only benchmark worth reading is billed by the token.'],
  [SEA, 'Two hands for us. The other time? That one is kept by the sea.'],
  [
    MODEL,
    "Those questions rarely appear in the press release. The benchmark isn't the model. It's the agreement between the training team and the evaluators, and right now that agreement is doing a lot of work it was never designed to do.",
  ],
  [HOPE, 'Measure the hit rate first. A cache you have not measured is just hope with an invoice.'],
  [FAILURE, 'Before the feature gets a price, put one on its failure. Then ship.'],
  // It counts words and knows no thought: of three, two will do.
  [FAILURE, 'Features should be priced with care.'],
  [CHEAP, 'Nobody was counting. That is how cheap tokens get expensive.'],
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
  // Case, quotes, accents composed otherwise and order do not count, nor does a button that says nothing.
  ["La pause, c'est le cafe\u0301.", 'LE CAFÉ, C’EST “LA PAUSE”.'],
  ['…', 'Anything.'],
];

/** Paragraphs of the same subject that end on something else. */
const ENDS_ELSEWHERE: readonly (readonly [button: string, paragraph: string])[] = [
  [BILL, ''],
  [BILL, 'Benchmarks are fun to read. See you next week.'],
  [BILL, 'What do you think? Tell us in the comments.'],
  [BILL, 'The best teams test on their own data, and they do it every week.'],
  [BILL, 'So pay the bill on time, and keep the receipts.'],
  // The words must stand close together: a long paragraph says all sorts of things.
  [BILL, `The bill came. ${'Nobody had looked at it for a while. '.repeat(5)}Another benchmark came too.`],
  [SEA, 'The clock was repaired in May and has been right ever since.'],
  [SEA, 'It is time to look at the clock again.'],
  [
    MODEL,
    'When you ask a model to solve a problem it saw during training, you measure recall with extra steps.',
  ],
  [MODEL, 'In conclusion, it is important to evaluate models with care. The future of training is bright.'],
  [HOPE, 'Caching is a great way to save money. Try it today!'],
  [FAILURE, 'Failures happen, and the market will decide.'],
  [CHEAP, 'Tokens will get cheaper next year, as they did this year.'],
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

it.each(LANDS)('"%s" is said by "%s"', (button, paragraph) => {
  expect(landsOn(paragraph, button)).toBe(true);
});

it.each(ENDS_ELSEWHERE)('"%s" is not said by "%s"', (button, paragraph) => {
  expect(landsOn(paragraph, button)).toBe(false);
});
