import { UsageError } from '../../contract/errors.js';
import { EDIT_LIMITS, TEXT_LIMITS } from '../../contract/limits.js';
import type { Edit } from '../../contract/messages.js';
import { REDO_KINDS } from '../../contract/states.js';
import type { CommandRun } from '../context.js';
import { reviewEach } from '../decisions.js';
import { BY, choice, defineCommand, neededOption, option, POST_ID, postIds, text } from '../define.js';
import {
  byValue,
  hashtagsValue,
  lineValue,
  optional,
  readText,
  targetValue,
  textValue,
} from '../options/values.js';

const PRINTS = '{ results: [{ id, status, revision }] }';

export const reject = defineCommand({
  name: 'reject',
  about: 'reject a post that waits for approval',
  takes: {
    id: POST_ID,
    reason: neededOption('--reason <text>', 'why, for the record', text(TEXT_LIMITS.note)),
    by: BY,
  },
  examples: ['npx copydesk reject UpkTZ26nc9Eb --reason "The figure in line two is last year\'s"'],
  prints: PRINTS,
  notes: ['A rejected post is never published. To have it changed instead, see revise and edit.'],
  run: (run, { id, reason, by }) => reviewEach(run, [id], { decision: 'reject', by, reason }),
});

export const revise = defineCommand({
  name: 'revise',
  about: 'have a post made again, in part or in whole, as you say',
  takes: {
    id: POST_ID,
    note: neededOption(
      '--note <text>',
      'what the model is told, at most 4000 characters',
      text(TEXT_LIMITS.note),
    ),
    redo: choice('--redo <what>', 'what is made again (default: text)', REDO_KINDS),
    by: BY,
  },
  examples: [
    'npx copydesk revise UpkTZ26nc9Eb --note "Shorter, and name the source of the figure"',
    'npx copydesk revise UpkTZ26nc9Eb --redo image --note "No people, more light"',
  ],
  prints: PRINTS,
  notes: [
    'It makes the next revision, which waits for a person. image makes the picture again, and the clip that is made from it; video the clip alone; all everything. What is made again is paid for again.',
  ],
  run: (run, { id, note, redo, by }) =>
    reviewEach(run, [id], { decision: 'revise', by, instructions: note, redo }),
});

/** Posts that are blocked try again. */
export const resume = defineCommand({
  name: 'resume',
  about:
    'have blocked posts try the step again that could not go on, and published ones the targets that failed',
  takes: {
    ids: postIds('<id...>'),
    note: option('--note <text>', 'a note for the record', text(TEXT_LIMITS.note)),
    by: BY,
  },
  examples: [
    'npx copydesk resume UpkTZ26nc9Eb',
    'npx copydesk resume UpkTZ26nc9Eb b7Qm2LxT0sWd --note "New key is in place"',
  ],
  prints: PRINTS,
  notes: [
    'copydesk post status ID says why a post is blocked. One that is blocked by the budget continues with batch budget and batch resume.',
    'A published post with a target that failed waits for this for 30 days; the targets that have it are left alone. Where nothing failed it is refused.',
  ],
  run: (run, { ids, note, by }) => reviewEach(run, ids, { decision: 'resume', by, note }),
});

interface Words {
  readonly title?: string;
  readonly body?: string;
  readonly caption?: string;
  readonly hashtags?: string;
  readonly alt?: string;
  readonly target?: string;
  readonly text?: string;
}

/** A person's own words in place of the model's. */
export const edit = defineCommand({
  name: 'edit',
  about: 'put your own words in place of what the model wrote',
  takes: {
    id: POST_ID,
    title: option('--title <text>', 'the title, one line of at most 300 characters'),
    body: option('--body <text>', 'the article, at most 30000 characters; - reads it from standard input'),
    caption: option('--caption <text>', 'the caption, at most 5000 characters'),
    hashtags: option('--hashtags <words>', 'the hashtags, at most 30, with commas between them'),
    alt: option(
      '--alt <text>',
      'what the picture shows, for those who cannot see it, at most 1000 characters',
    ),
    target: option('--target <name>', 'a target that --text is for alone, such as bluesky'),
    text: option(
      '--text <text>',
      'what goes out at --target in place of the fitted text, at most 5000 characters; "" gives the fitted text back, - reads it from standard input',
    ),
    by: option(BY.flags, BY.about),
  },
  examples: [
    'npx copydesk edit UpkTZ26nc9Eb --title "Where caching stops helping" --hashtags ai,inference',
    'npx copydesk edit UpkTZ26nc9Eb --body - < article.txt',
    'npx copydesk edit UpkTZ26nc9Eb --target bluesky --text "Caching stops helping sooner than you think."',
  ],
  prints: PRINTS,
  notes: [
    'It makes the next revision, which waits for a person again. What is left out stays.',
    'Of a published post it changes the page, the feeds and Mastodon at once; Bluesky keeps what it has, and a target that failed is given up.',
    'A text for one target stays as it is when the caption is edited, and is forgotten when the model writes the words again.',
  ],
  async run(run, { id, by: who, ...words }) {
    const by = byValue(who);
    const changes = await readChanges(run, words);
    return reviewEach(run, [id], { decision: 'edit', by, ...changes });
  },
});

/** @throws UsageError for a text that can't be used, and when there is none */
async function readChanges({ stdin }: CommandRun, words: Words): Promise<Omit<Edit, 'by'>> {
  const changes = {
    title: optional(words.title, (typed) => lineValue('title', typed, EDIT_LIMITS.title)),
    caption: optional(words.caption, (typed) => textValue('caption', typed, EDIT_LIMITS.caption)),
    hashtags: optional(words.hashtags, hashtagsValue),
    altText: optional(words.alt, (typed) => textValue('alt', typed, EDIT_LIMITS.altText)),
  };
  const own = await readOwnText(stdin, words);
  const given = words.body === '-' ? await readText('body', stdin(), EDIT_LIMITS.body) : words.body;
  const body = optional(given, (typed) => textValue('body', typed, EDIT_LIMITS.body));
  if (
    body === undefined &&
    own.target === undefined &&
    Object.values(changes).every((value) => value === undefined)
  ) {
    throw new UsageError(
      'options',
      'there is nothing to edit; give --title, --body, --caption, --hashtags or --alt, or --target with --text',
    );
  }
  return { ...changes, body, ...own };
}

/** A text for one target alone; nothing where neither option is given. @throws UsageError for one without the other */
async function readOwnText(
  stdin: CommandRun['stdin'],
  { target, text: typed, body }: Words,
): Promise<Pick<Edit, 'target' | 'text'>> {
  if (target === undefined && typed === undefined) return {};
  if (target === undefined) throw new UsageError('target', '--text is for one target; name it with --target');
  if (typed === undefined) throw new UsageError('text', `--target ${target} needs its --text`);
  if (typed === '-' && body === '-') throw new UsageError('text', 'only one of --body and --text can be -');
  const name = targetValue('target', target);
  // Nothing gives back the text that was fitted.
  if (typed.trim() === '') return { target: name, text: '' };
  const given = typed === '-' ? await readText('text', stdin(), TEXT_LIMITS.targetText) : typed;
  return { target: name, text: textValue('text', given, TEXT_LIMITS.targetText) };
}
