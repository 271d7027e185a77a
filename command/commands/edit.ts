import type { Command } from 'commander';
import type { Edit } from '../../contract/messages.js';
import { runCommand, withCopydesk, type Context, type CommandEnd, type CommandRun } from '../context.js';
import { decideEach, reportDecisions } from '../decisions.js';
import { UsageError } from '../../contract/errors.js';
import type { DocumentedCommand } from '../manual.js';
import {
  byValue,
  hashtagsValue,
  idValue,
  lineValue,
  optional,
  targetValue,
  textValue,
} from '../options/values.js';
import { readText } from '../options/standard-input.js';

interface Options {
  readonly title?: string;
  readonly body?: string;
  readonly caption?: string;
  readonly hashtags?: string;
  readonly alt?: string;
  readonly target?: string;
  readonly text?: string;
  readonly by?: string;
}

const BODY_CHARACTERS = 30_000;
const OWN_CHARACTERS = 5_000;

/** `edit`: a person's own words in place of the model's. */
export function addEdit(parent: DocumentedCommand, context: Context): void {
  parent
    .command('edit')
    .description('put your own words in place of what the model wrote')
    .argument('<id>', "the post's id")
    .option('--title <text>', 'the title, one line of at most 300 characters')
    .option('--body <text>', 'the article, at most 30000 characters; - reads it from standard input')
    .option('--caption <text>', 'the caption, at most 5000 characters')
    .option('--hashtags <words>', 'the hashtags, at most 30, with commas between them')
    .option('--alt <text>', 'what the picture shows, for those who cannot see it, at most 1000 characters')
    .option('--target <name>', 'a target that --text is for alone, such as bluesky')
    .option(
      '--text <text>',
      'what goes out at --target in place of the fitted text, at most 5000 characters; "" gives the fitted text back, - reads it from standard input',
    )
    .option('--by <who>', 'who decides (default: the user of this computer)')
    .manual({
      examples: [
        'npx copydesk edit UpkTZ26nc9Eb --title "Where caching stops helping" --hashtags ai,inference',
        'npx copydesk edit UpkTZ26nc9Eb --body - < article.txt',
        'npx copydesk edit UpkTZ26nc9Eb --target bluesky --text "Caching stops helping sooner than you think."',
      ],
      prints: '{ results: [{ id, status, revision }] }',
      notes: [
        'It makes the next revision, which waits for a person again. What is left out stays.',
        'A text for one target stays as it is when the caption is edited, and is forgotten when the model writes the words again.',
      ],
    })
    .action((id: string, options: Options, command: Command) =>
      runCommand(context, Boolean(command.optsWithGlobals().json), (run) => edit(run, id, options)),
    );
}

async function edit(run: CommandRun, text: string, options: Options): CommandEnd {
  const id = idValue('id', text);
  const by = byValue(options.by);
  const changes = await changesOf(run, options);
  return withCopydesk(run, async (copydesk) => {
    const results = await decideEach([id], (each) =>
      copydesk.posts.review(each, { decision: 'edit', by, ...changes }),
    );
    return reportDecisions(run.output, results);
  });
}

/** @throws UsageError for a text that can't be used, and when there is none */
async function changesOf({ stdin }: CommandRun, options: Options): Promise<Omit<Edit, 'by'>> {
  const changes = {
    title: optional(options.title, (text) => lineValue('title', text, 300)),
    caption: optional(options.caption, (text) => textValue('caption', text, 5_000)),
    hashtags: optional(options.hashtags, hashtagsValue),
    altText: optional(options.alt, (text) => textValue('alt', text, 1_000)),
  };
  const own = await ownTextOf(stdin, options);
  const given = options.body === '-' ? await readText('body', stdin(), BODY_CHARACTERS) : options.body;
  const body = optional(given, (text) => textValue('body', text, BODY_CHARACTERS));
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
async function ownTextOf(
  stdin: CommandRun['stdin'],
  { target, text, body }: Options,
): Promise<Pick<Edit, 'target' | 'text'>> {
  if (target === undefined && text === undefined) return {};
  if (target === undefined) throw new UsageError('target', '--text is for one target; name it with --target');
  if (text === undefined) throw new UsageError('text', `--target ${target} needs its --text`);
  if (text === '-' && body === '-') throw new UsageError('text', 'only one of --body and --text can be -');
  const name = targetValue('target', target);
  // Nothing gives back the text that was fitted.
  if (text.trim() === '') return { target: name, text: '' };
  const given = text === '-' ? await readText('text', stdin(), OWN_CHARACTERS) : text;
  return { target: name, text: textValue('text', given, OWN_CHARACTERS) };
}
