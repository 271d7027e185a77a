import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../services/package-root.js';
import { ApplicationFailure } from '@temporalio/common';
import type { Account, Planner } from '../contract/account.js';

/** A prompt as an editor wrote it, with `{{name}}` where a value goes. */
export interface Prompt {
  /** `plan@1`: what the record says of a text's origin. */
  readonly version: string;
  readonly instructions: string;
  readonly input: string;
}

const SHAPE = /^---\nname: (\S+)\nversion: (\d+)\n---\n+# Instructions\n([\s\S]+?)\n# Input\n([\s\S]+)$/;

/** Reads `activities/prompts/<name>.md`. @throws Error that names the file when it has not the shape of a prompt. */
export function loadPrompt(name: string): Prompt {
  const file = join(packageRoot(), 'activities', 'prompts', `${name}.md`);
  const match = SHAPE.exec(readFileSync(file, 'utf8').replaceAll('\r\n', '\n'));
  if (!match || match[1] !== name) {
    throw new Error(
      `${file}: expected front matter 'name: ${name}' and 'version: N', '# Instructions' and '# Input'`,
    );
  }
  return {
    version: `${name}@${match[2]}`,
    instructions: String(match[3]).trim(),
    input: String(match[4]).trim(),
  };
}

/** Puts values into a prompt. A line that is only a place whose value is empty goes. @throws Error for a name without a value. */
export function fillPrompt(prompt: Prompt, values: Readonly<Record<string, string>>): Prompt {
  const fill = (text: string): string =>
    text
      .replace(/\{\{(\w+)\}\}/g, (_place, name: string) => {
        const value = values[name];
        if (value === undefined) throw new Error(`prompt ${prompt.version}: no value for {{${name}}}`);
        return value;
      })
      .replace(/\n{3,}/g, '\n\n')
      .trim();
  return { ...prompt, instructions: fill(prompt.instructions), input: fill(prompt.input) };
}

/** What a model is told of its last answer, in whose place it writes another. */
export const againWords = (what: 'plan' | 'draft' | 'answer', reasons: string): string =>
  `There was a problem with the last ${what}: ${reasons}. Write the whole ${what} again without it.`;

/** The planner of that name. @throws ApplicationFailure: input is checked where it enters, so its lack is ours to mend */
export function plannerOf(account: Account, name: string): Planner {
  const planner = account.planners[name];
  if (!planner)
    throw ApplicationFailure.nonRetryable(
      `account ${account.handle} has no planner '${name}'`,
      'Input.UnknownPlanner',
    );
  return planner;
}

/** What every prompt says of an account and its house style. */
export function styleValues(account: Account): Record<string, string> {
  const { style } = account;
  return {
    account: account.name,
    handle: account.handle,
    bio: account.bio,
    voice: account.voice,
    look: account.look,
    language: account.language,
    titleMaxCharacters: String(style.titleMaxCharacters),
    bodyMinParagraphs: String(style.bodyMinParagraphs),
    bodyMaxWords: String(style.bodyMaxWords),
    captionMaxCharacters: String(style.captionMaxCharacters),
    hashtagsMin: String(style.hashtagsMin),
    hashtagsMax: String(style.hashtagsMax),
    bannedPhrases:
      style.bannedPhrases.length > 0 ? style.bannedPhrases.map((phrase) => `"${phrase}"`).join(', ') : 'none',
  };
}
