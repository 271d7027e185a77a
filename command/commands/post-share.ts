import type { Command } from 'commander';
import { deskApi, DeskRefusal } from '../../client/desk-api.js';
import { UsageError } from '../../contract/errors.js';
import { RefusedError } from '../../client/errors.js';
import { runCommand } from '../context.js';
import type { Context, CommandEnd, CommandRun } from '../context.js';
import type { DocumentedCommand } from '../manual.js';
import { idValue } from '../options/values.js';
import { parseDuration } from '../../config/accounts/duration.js';

const HOUR_MS = 3_600_000;
const LONGEST_MS = 30 * 24 * HOUR_MS;

/** What the desk answers. */
interface Shared {
  readonly url: string;
  readonly expiresAt: string;
}

/** `post share`: a link with which somebody without a token sees and decides a post. */
export function addPostShare(parent: DocumentedCommand, context: Context): void {
  parent
    .command('share')
    .description('make a link with which somebody without a token sees a waiting post and decides it once')
    .argument('<id>', "the post's id")
    .option('--expires <time>', 'how long it holds, from 1h to 30d', '3d')
    .manual({
      examples: [
        'npx copydesk post share UpkTZ26nc9Eb',
        'npx copydesk post share UpkTZ26nc9Eb --expires 12h --json',
      ],
      prints: '{ url, expiresAt }',
      notes: [
        'The link holds for the revision that waits now, and for one decision. Whoever has it can decide, so send it to that person alone. The record says who decided: the name that they give, and (link).',
        'It is made by the desk (COPYDESK_API), and begins with COPYDESK_URL.',
      ],
    })
    .action((id: string, options: { expires: string }, command: Command) =>
      runCommand(context, Boolean(command.optsWithGlobals().json), (run) =>
        share(run, idValue('id', id), expiresValue(options.expires)),
      ),
    );
}

async function share({ settings, output }: CommandRun, id: string, expiresIn: string): CommandEnd {
  const shared = await deskApi(settings)
    .post<Shared>(`/api/posts/${id}/share`, { expiresIn })
    .catch((error: unknown) => {
      throw error instanceof DeskRefusal ? new RefusedError(error.reason) : error;
    });
  output.result(shared, () => `${shared.url}\n\nIt takes one decision, and ends ${shared.expiresAt}.`);
}

/** @throws UsageError */
function expiresValue(text: string): string {
  const lasts = parseDuration(text) ?? 0;
  if (lasts >= HOUR_MS && lasts <= LONGEST_MS) return text.trim();
  throw new UsageError(
    'expires',
    `expires='${text.slice(0, 60)}' is not a time from 1h to 30d, such as 12h or 3d`,
  );
}
