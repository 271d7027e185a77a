import { spokenLanguage, type SpokenLanguage } from '../../contract/chat-words.js';
import { MASTHEAD_WORDS, type MastheadWords } from '../public/public-page.js';

/** The texts of the pages on which an account is asked, in one language. Handles come without `@`. */
export interface PageWords {
  readonly lang: SpokenLanguage;
  /** In which times are written, BCP 47. */
  readonly locale: string;
  readonly skip: string;
  readonly masthead: MastheadWords;
  ask(name: string): string;
  description(handle: string): string;
  intro(handle: string): string;
  noPosts(handle: string): string;
  readonly conversation: string;
  readonly youCouldAsk: string;
  readonly yourQuestion: string;
  readonly askMore: string;
  readonly send: string;
  readonly keptPublic: string;
  readonly keptPrivate: string;
  askToDelete(name: string): string;
  readonly startOver: string;
  readonly youAsked: string;
  readonly readerAsked: string;
  looking(handle: string): string;
  readonly writing: string;
  readonly broken: string;
  readonly again: string;
  readonly restsOn: string;
  readonly gone: string;
  readonly nearest: string;
  readonly newest: string;
  readonly video: string;
  oneQuestion(handle: string): string;
  notAllShown(handle: string): string;
  readonly empty: string;
  tooLong(characters: number, most: number): string;
  /** Where it is asked too often, or the day's budget is used up; null to say it in the refusal's own words. */
  tooOften(seconds: number): string | null;
  /** Where no answer can be had just now; the same. */
  readonly unanswered: string | null;
}

const WORDS: Readonly<Record<SpokenLanguage, PageWords>> = {
  en: {
    lang: 'en',
    locale: 'en-US',
    skip: 'Skip to the content',
    masthead: MASTHEAD_WORDS,
    ask: (name) => `Ask ${name}`,
    description: (handle) => `Ask @${handle}. The answers come from its published posts, and show which.`,
    intro: (handle) =>
      `A model answers in the voice of @${handle}, from what @${handle} has published, and shows the posts.`,
    noPosts: (handle) =>
      `@${handle} has published nothing yet, so there is nothing to answer from. Come back later.`,
    conversation: 'The conversation',
    youCouldAsk: 'You could ask',
    yourQuestion: 'Your question',
    askMore: 'Ask something else',
    send: 'Ask',
    keptPublic:
      'Questions and answers are kept, without your name. They may be shown at the posts that an answer rests on, so tell nothing private.',
    keptPrivate:
      'Questions and answers are kept, without your name. Those who run this account can read them, so tell nothing private.',
    askToDelete: (name) => `Ask the people behind ${name} to have a conversation deleted.`,
    startOver: 'Start over',
    youAsked: 'You asked',
    readerAsked: 'A reader asked',
    looking: (handle) => `Looking through the posts of @${handle}`,
    writing: 'Writing',
    broken: 'The connection broke before the answer was here.',
    again: 'Try again',
    restsOn: 'Posts that this rests on',
    gone: 'The posts that this rested on are no longer public.',
    nearest: 'The posts that come nearest',
    newest: 'The newest posts',
    video: 'video',
    oneQuestion: (handle) => `A question to @${handle}`,
    notAllShown: (handle) =>
      `One question to @${handle} and its answer. The rest of the conversation is not shown.`,
    empty: 'Write a question first',
    tooLong: (characters, most) =>
      `A question has at most ${most.toLocaleString('en')} characters; yours has ${characters.toLocaleString('en')}`,
    tooOften: () => null,
    unanswered: null,
  },
  de: {
    lang: 'de',
    locale: 'de',
    skip: 'Zum Inhalt',
    masthead: {
      back: 'Zurück zum Konto',
      ask: (handle) => `@${handle} fragen`,
      subscribe: 'Abonnieren',
      howToSubscribe: 'Einen davon im Feedreader eintragen.',
      atom: 'Atom-Feed',
      json: 'JSON-Feed',
    },
    ask: (name) => `${name} fragen`,
    description: (handle) =>
      `Fragen an @${handle}. Die Antworten kommen aus den veröffentlichten Beiträgen und zeigen, aus welchen.`,
    intro: (handle) =>
      `Ein Modell antwortet mit der Stimme von @${handle}, aus den veröffentlichten Beiträgen, und zeigt sie.`,
    noPosts: (handle) =>
      `@${handle} hat noch nichts veröffentlicht; es gibt also nichts, woraus sich antworten ließe. Schau später wieder vorbei.`,
    conversation: 'Das Gespräch',
    youCouldAsk: 'Du könntest fragen',
    yourQuestion: 'Deine Frage',
    askMore: 'Frag noch etwas',
    send: 'Fragen',
    keptPublic:
      'Fragen und Antworten werden ohne deinen Namen aufbewahrt. Sie können bei den Beiträgen erscheinen, auf denen eine Antwort beruht: Schreib nichts Privates.',
    keptPrivate:
      'Fragen und Antworten werden ohne deinen Namen aufbewahrt. Wer dieses Konto betreibt, kann sie lesen: Schreib nichts Privates.',
    askToDelete: (name) => `Die Leute hinter ${name} löschen ein Gespräch auf Wunsch.`,
    startOver: 'Neu beginnen',
    youAsked: 'Du hast gefragt',
    readerAsked: 'Jemand hat gefragt',
    looking: (handle) => `Sieht die Beiträge von @${handle} durch`,
    writing: 'Schreibt',
    broken: 'Die Verbindung brach ab, bevor die Antwort da war.',
    again: 'Noch einmal versuchen',
    restsOn: 'Beiträge, auf denen das beruht',
    gone: 'Die Beiträge, auf denen das beruhte, sind nicht mehr öffentlich.',
    nearest: 'Am nächsten kommen diese Beiträge',
    newest: 'Die neuesten Beiträge',
    video: 'Video',
    oneQuestion: (handle) => `Eine Frage an @${handle}`,
    notAllShown: (handle) =>
      `Eine Frage an @${handle} und die Antwort. Der Rest des Gesprächs wird nicht gezeigt.`,
    empty: 'Schreib zuerst eine Frage',
    tooLong: (characters, most) =>
      `Eine Frage hat höchstens ${most.toLocaleString('de')} Zeichen; deine hat ${characters.toLocaleString('de')}`,
    tooOften: (seconds) =>
      seconds < 3_600
        ? `Das sind gerade zu viele Fragen; frag in ${seconds} s noch einmal`
        : 'Für heute sind alle Antworten gegeben; frag nach Mitternacht UTC noch einmal',
    unanswered: 'Gerade ist keine Antwort möglich; frag in einer Minute noch einmal',
  },
};

/** The words for an account of this language: those in English where there are none in its own. */
export const pageWords = (language: string): PageWords => WORDS[spokenLanguage(language)];
