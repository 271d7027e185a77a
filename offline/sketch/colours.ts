/** A colour that a description can name, as `#rrggbb`. */
export interface Colour {
  readonly name: string;
  readonly hex: string;
}

/** Words that mean a colour wherever they stand. */
const COLOURS: Readonly<Record<string, string>> = {
  'ink blue': '#16294d',
  'midnight blue': '#141d38',
  navy: '#1b2a4a',
  graphite: '#343a42',
  charcoal: '#2b2d31',
  'sodium orange': '#ff9a2e',
  orange: '#ee8130',
  amber: '#f2a33a',
  ochre: '#c98a2b',
  mustard: '#d3a531',
  terracotta: '#c4633f',
  red: '#b8352f',
  crimson: '#8f2239',
  coral: '#ef7d62',
  pink: '#e39aa5',
  plum: '#5b2f4f',
  violet: '#6a4c93',
  purple: '#573a78',
  lilac: '#b7a4d6',
  indigo: '#34357a',
  'sky blue': '#8fbfdc',
  blue: '#2f5f9e',
  'deep teal': '#0f4c52',
  teal: '#1f7a78',
  'blue-green': '#4a8581',
  turquoise: '#3fb0ac',
  'sea green': '#3f8f76',
  mint: '#a9d8c0',
  sage: '#9caf88',
  olive: '#6c7340',
  'forest green': '#22402f',
  green: '#3f7d4e',
  yellow: '#efc84a',
  wheat: '#e3bd7b',
  cream: '#f6ecd6',
  ivory: '#f5f0e1',
  'chalk white': '#f4efe4',
  white: '#f7f6f3',
  'rye brown': '#6e4327',
  brown: '#75492e',
  grey: '#8a9096',
  gray: '#8a9096',
  black: '#17181b',
};

/** Things that are looked at for their colour too, where a description names no colours. */
const MATERIALS: Readonly<Record<string, string>> = {
  ink: '#1c2433',
  paper: '#f2ead9',
  linen: '#e9dfcc',
  sand: '#dcc39a',
  stone: '#b3aa9c',
  slate: '#4a5866',
  copper: '#b5693b',
  bronze: '#8a6a3b',
  brass: '#c9a451',
  gold: '#d9a441',
  silver: '#c3c9ce',
  brick: '#9c4332',
  rust: '#a8482a',
  walnut: '#58402f',
  chestnut: '#7b3f22',
  moss: '#66733d',
  rose: '#d98a92',
};

/** For what names no colours at all; each is a mood of its own. */
const SETS: readonly (readonly string[])[] = [
  ['deep teal', 'sage', 'cream', 'coral'],
  ['plum', 'terracotta', 'sand', 'mustard'],
  ['midnight blue', 'indigo', 'lilac', 'amber'],
  ['forest green', 'olive', 'cream', 'ochre'],
  ['paper', 'sky blue', 'navy', 'coral'],
  ['ivory', 'rose', 'plum', 'teal'],
  ['charcoal', 'slate', 'silver', 'turquoise'],
  ['linen', 'copper', 'walnut', 'sea green'],
];

/** The colour of that name; null for a name that is none. */
export function colourNamed(name: string): Colour | null {
  const hex = COLOURS[name] ?? MATERIALS[name];
  return hex === undefined ? null : { name, hex };
}

/** The colours that a text names, in its order and each once; those of things only where it has fewer than two others. */
export function coloursIn(text: string): readonly Colour[] {
  const strict = found(text, COLOURS);
  return strict.length >= 2 ? strict : [...strict, ...found(text, MATERIALS)];
}

/** A set of colours that go together, the same for the same number. */
export const coloursOfSet = (number: number): readonly Colour[] =>
  (SETS[number % SETS.length] as readonly string[]).map((name) => colourNamed(name) as Colour);

function found(text: string, named: Readonly<Record<string, string>>): readonly Colour[] {
  const names = Object.keys(named).sort((a, b) => b.length - a.length);
  const pattern = new RegExp(`\\b(?:${names.join('|').replace(/[ -]/g, '[\\s-]')})\\b`, 'gi');
  const said = [...text.matchAll(pattern)].map(([word]) => names.find((name) => same(name) === same(word)));
  return [...new Set(said)].map((name) => ({ name, hex: named[name as string] }) as Colour);
}

/** "Sodium-orange" and "sodium orange" are one. */
const same = (name: string): string => name.toLowerCase().replace(/[\s-]+/, ' ');
