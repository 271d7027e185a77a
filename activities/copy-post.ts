import { ApplicationFailure } from '@temporalio/common';
import { postUrl } from '../contract/address.js';
import type { CopiedPart, CopyOrder, PlannedPost } from '../contract/batch.js';
import { formatOf } from '../contract/formats/registry.js';
import { assetName } from '../contract/ids.js';
import type { PostStatus } from '../contract/status.js';
import { AssetMissing } from '../services/assets/assets.js';
import type { Services } from '../services/services.js';
import { withHeartbeat } from './heartbeat.js';

export interface CopyTask extends CopyOrder {
  /** The handle of the account that gets it. */
  readonly account: string;
}

export interface CopiedPost {
  readonly post: PlannedPost;
  /** Whether the post that it was copied from is a sample. */
  readonly offline: boolean;
}

export const createCopyPost = ({
  archive,
  assets,
  deskUrl,
}: Pick<Services, 'archive' | 'assets' | 'deskUrl'>) => ({
  /**
   * Copies a post's plan, words and files, the files under names of their own, since the other post may be taken back. May be
   * repeated.
   *
   * @throws ApplicationFailure with the reason, where the archive or the store has it not
   */
  copyPost({ from, to, account }: CopyTask): Promise<CopiedPost> {
    return withHeartbeat(null, async () => {
      const status = await archive.records.findPost(from);
      if (!status) throw missing(`the archive has no record of post ${from}`);
      const { contentFormat, title, plan, body, caption, hashtags, altText, offline } = status;
      const parts: Record<string, CopiedPart> = { draft: partOf(status, 'draft', null) };
      for (const step of formatOf(contentFormat).media) {
        const asset = assetName(to, step === 'video' ? 'video' : 'hero', 1);
        const part = partOf(status, step, asset);
        const stored = status.pipeline.findLast((row) => row.step === step)?.asset ?? '';
        const bytes = await assets.read(stored).catch((error: unknown) => {
          throw error instanceof AssetMissing
            ? missing(`${stored} of post ${from} is not in the store any more`)
            : error;
        });
        await assets.put(asset, bytes);
        parts[step] = part;
      }
      // What a picture was asked for in is on no record: what it shows comes nearest.
      const draft = {
        title,
        body,
        caption,
        hashtags,
        altText,
        imagePrompt: altText,
        shot: body === null ? caption : null,
      };
      const copied = { from, draft, parts };
      const post = {
        id: to,
        contentFormat,
        title,
        plan,
        checks: [],
        url: postUrl(deskUrl, account, to),
        copied,
      };
      return { post, offline };
    });
  },
});

/** Who made a part, which its copy says too. */
function partOf({ pipeline }: PostStatus, step: string, asset: string | null): CopiedPart {
  const row = pipeline.findLast((one) => one.step === step);
  return {
    asset,
    provider: row?.provider ?? null,
    model: row?.model ?? null,
    ...(row?.offline && { offline: true }),
  };
}

const missing = (message: string): ApplicationFailure =>
  ApplicationFailure.nonRetryable(message, 'Copy.Missing');
