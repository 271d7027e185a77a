import { pairsOf, unspacedIn, spacedIn } from '../../../contract/checks/lands-on.js';
import type { Edition } from '../../publishers/publisher.js';

/** What of an edition is searched: what readers see of it, and no more. */
export type SearchedEdition = Pick<Edition, 'title' | 'body' | 'caption' | 'hashtags' | 'altText'>;

interface SearchedText {
  readonly title: string;
  readonly rest: string;
}

/** Far more than a post has; PostgreSQL takes no more than a megabyte of words. */
const MOST_CHARACTERS = 50_000;

/** As its words are looked for: spaced, so that the database finds words in scripts that put no space between them. */
export const searchedText = (edition: SearchedEdition): SearchedText => ({
  title: spaced(edition.title),
  rest: spaced(restOf(edition)),
});

/** As its meaning is taken. */
export const embeddedText = (edition: SearchedEdition): string =>
  `${edition.title}\n\n${restOf(edition)}`.slice(0, MOST_EMBEDDED_CHARACTERS);

/** Embedding models take 8,192 tokens, and a token may be little more than a character. */
const MOST_EMBEDDED_CHARACTERS = 8_000;

/** A question in the same way. */
export function spaced(text: string): string {
  const normal = text.normalize('NFKC').slice(0, MOST_CHARACTERS);
  const pairs = unspacedIn(normal).flatMap(pairsOf);
  return [spacedIn(normal), ...pairs].join(' ').trim();
}

const restOf = ({ body, caption, hashtags, altText }: SearchedEdition): string =>
  [body ?? '', caption, ...hashtags.map(hashtagWords), altText].join('\n');

/** `#OpenSource` is found by `open source` too. */
function hashtagWords(tag: string): string {
  const words = tag.replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2');
  return words === tag ? tag : `${tag} ${words}`;
}

/** What PostgreSQL 15 and PGlite both have, by the primary subtag of BCP 47. */
const CONFIGURATIONS: Readonly<Record<string, string>> = {
  ar: 'arabic',
  ca: 'catalan',
  da: 'danish',
  de: 'german',
  el: 'greek',
  en: 'english',
  es: 'spanish',
  eu: 'basque',
  fi: 'finnish',
  fr: 'french',
  ga: 'irish',
  hi: 'hindi',
  hu: 'hungarian',
  hy: 'armenian',
  id: 'indonesian',
  it: 'italian',
  lt: 'lithuanian',
  nb: 'norwegian',
  ne: 'nepali',
  nl: 'dutch',
  nn: 'norwegian',
  no: 'norwegian',
  pt: 'portuguese',
  ro: 'romanian',
  ru: 'russian',
  sr: 'serbian',
  sv: 'swedish',
  ta: 'tamil',
  tr: 'turkish',
  yi: 'yiddish',
};

/**
 * The text search configuration of a language (BCP 47), which knows its endings and the words that say nothing. `simple`,
 * which takes each word as it is, for a language that PostgreSQL does not know.
 */
export function searchConfiguration(language: string): string {
  const [primary = ''] = language.toLowerCase().split(/[-_]/);
  return Object.hasOwn(CONFIGURATIONS, primary) ? CONFIGURATIONS[primary]! : 'simple';
}

/**
 * Words by which one asks, not what one asks about, by text search configuration: PostgreSQL's own lists of words that say
 * nothing have few of them, and none that is typed without its apostrophe. A post answers nothing by having one.
 */
export const ASKING_WORDS: Readonly<Record<string, string>> = {
  english: `account already also anything arent ask believe blog bot cant consider could couldnt didnt discuss doesnt dont
    else ever everything explain favorite favourite feel get give go going gone got happen hasnt havent hear
    hello hey hi hows im isnt ive kind know like look lot made make many matter may mean mention might much
    need often one opinion people please post publish question quite read really recommend said say see seem
    share shouldnt someone something sort stance still suggest sure take talk tell thank thats theres theyre
    thing think thought took topic try use view want wasnt way went werent whats wheres whos wonder wont would
    wouldnt write written wrote yet youre youve`,
  german: `beitrag beiträge bitte denken denkst erklären erklärst erzählen etwas findest frage geben gibt gibst glauben
    glaubst hallo halten hältst halte irgendwas konto leute meinen meinst meinung möchte post posts sagen sagst sagt sache
    schreiben schreibst schreibt geschrieben sehen siehst thema wissen weißt weiß wichtig`,
  french: `avis bonjour chose compte conseiller croire crois demande dire dis dit donner écrire écris écrit expliquer
    explique gens merci opinion parler parles parle penser penses pense plaît publier publication question quelque raconter
    savoir sais salut sujet veux voir`,
  spanish: `algo alguien artículo contar cuenta cosa creer crees cree decir dices dice dar escribir escribes escrito explicar
    explica favor gente gracias hablar hablas hola opinar opinas opinión pensar piensas piensa pregunta publicación publicar
    quiero saber sabes tema`,
  italian: `articolo chiedere ciao cosa credere credi dare dire dici detto domanda favore gente grazie opinione parlare parli
    pensare pensi pensa pensato post pubblicare qualcosa qualcuno raccontare sapere sai scrivere scrivi scritto spiegare
    spiega tema vorrei`,
  portuguese: `achar acha achas alguém algo artigo assunto coisa contar conta crer dar dizer diz dizes escrever escreve
    escreveu escrito explicar explica falar fala favor gente obrigado olá opinião pensar pensa pensas pergunta post
    publicação publicar quero saber sabe tema`,
  dutch: `artikel bericht dank denken denk denkt ding geven geeft gezegd geloven hallo iemand iets leggen mening menen
    mensen onderwerp post schrijven schrijf schrijft geschreven uitleg uitleggen vertel vertellen vinden vind vindt vraag
    weten weet willen zeg zegt zeggen`,
};
