/** What an account says by rule, in its language. */
export interface ChatWords {
  /** Where no post has an answer. What no post backs is not said in an account's name, in whichever words a model says it. */
  readonly nothing: string;
  /** To what is not to be talked about. */
  readonly flagged: string;
  greeting(name: string): string;
  readonly thanks: string;
  who(account: { readonly name: string; readonly handle: string; readonly bio: string }): string;
  /** Before what its planners cover. */
  readonly about: string;
  newest(title: string): string;
  readonly unpublished: string;
}

const WORDS = {
  en: {
    nothing: "I haven't written about that.",
    flagged: "I can't talk about that here.",
    greeting: (name) => `Hello, this is ${name}. Ask me about anything that I have written.`,
    thanks: "You're welcome.",
    who: ({ name, handle, bio }) =>
      `I'm ${name} (@${handle}). ${bio}\n\nA model answers here, from my posts.`,
    about: 'This is what I write about:',
    newest: (title) => `My newest post is “${title}”.`,
    unpublished: 'I have published nothing yet.',
  },
  de: {
    nothing: 'Darüber habe ich nichts geschrieben.',
    flagged: 'Darüber kann ich hier nicht sprechen.',
    greeting: (name) => `Hallo, hier ist ${name}. Frag mich nach allem, worüber ich geschrieben habe.`,
    thanks: 'Gern geschehen.',
    who: ({ name, handle, bio }) =>
      `Ich bin ${name} (@${handle}). ${bio}\n\nHier antwortet ein Modell aus meinen Beiträgen.`,
    about: 'Darüber schreibe ich:',
    newest: (title) => `Mein neuester Beitrag ist „${title}“.`,
    unpublished: 'Ich habe noch nichts veröffentlicht.',
  },
} as const satisfies Readonly<Record<string, ChatWords>>;

export type SpokenLanguage = keyof typeof WORDS;

/** The language in which an account speaks by rule, and in which its chat page is: its own, or English where that has no words here. */
export const spokenLanguage = (tag = 'en'): SpokenLanguage => (/^de\b/i.test(tag) ? 'de' : 'en');

export const chatWords = (tag?: string): ChatWords => WORDS[spokenLanguage(tag)];
