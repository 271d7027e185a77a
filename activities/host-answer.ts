import type { Account } from '../contract/account.js';
import { chatWords } from '../contract/chat-words.js';
import { cutText } from '../contract/draft.js';
import type { FoundPost } from '../services/archive/post-search/post-search.js';
import type { HostIntent } from './host-intent.js';

/** What an account says of itself, with the posts that it points to. */
export interface HostAnswer {
  readonly answer: string;
  readonly cited: readonly FoundPost[];
  readonly offered: readonly FoundPost[];
}

const MOST_PLANNERS = 6;
const COVERS_CHARACTERS = 300;

/** What is said to an intent, from the account file and its newest posts: nothing of it is paid for. */
export function hostAnswer(intent: HostIntent, account: Account, newest: readonly FoundPost[]): HostAnswer {
  const words = chatWords(account.language);
  const { name, planners } = account;
  const says = (answer: string, offered = newest): HostAnswer => ({ answer, cited: [], offered });
  switch (intent) {
    case 'greeting':
      return says(words.greeting(name));
    case 'thanks':
      return says(words.thanks, []);
    case 'who':
      return says(words.who(account));
    case 'about': {
      const covers = Object.values(planners).slice(0, MOST_PLANNERS);
      return says([words.about, ...covers.map((one) => cutText(one.covers, COVERS_CHARACTERS))].join('\n\n'));
    }
    case 'newest': {
      const [first] = newest;
      return first
        ? { answer: words.newest(first.title), cited: [first], offered: [] }
        : says(words.unpublished);
    }
  }
}
