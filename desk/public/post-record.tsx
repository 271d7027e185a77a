import type { PostStatus } from '../../contract/status.js';
import { type PostView, withoutReviewers } from '../reading/reader.js';
import { ChatReferences, ChecksSection } from '../post/record.js';
import { PipelineSection } from '../post/pipeline.js';
import { PlanSection } from '../post/plan.js';
import { captionWithHashtags, paragraphs } from '../kit/post-text.js';

export interface PostRecordProps {
  readonly view: PostView;
  readonly open: boolean;
  readonly time: (iso: string) => string;
}

/** The record of how a post was made, folded away from readers. Who decided what about it is the desk's alone. */
export function PublicRecord({ view, open, time }: PostRecordProps) {
  const { account, status, turns } = view;
  const { language } = account;
  return (
    <details class="record" open={open}>
      <summary>How this was made</summary>
      <PlanSection status={status} language={language} />
      {status.body !== null && (
        <section>
          <h2>Body</h2>
          <div class="prose" lang={language}>
            {paragraphs(status.body).map((text) => (
              <p dir="auto">{text}</p>
            ))}
          </div>
        </section>
      )}
      <section>
        <h2>Caption</h2>
        <p class="prose" lang={language} dir="auto">
          {captionWithHashtags(status)}
        </p>
      </section>
      {isWorthShowing(view) && <ChecksSection checks={status.checks} />}
      <PipelineSection status={forReaders(status)} time={time} />
      <ChatReferences handle={status.account} turns={turns} time={time} />
    </details>
  );
}

/** Once a post is out, checks that all hold tell nobody anything. */
const isWorthShowing = ({ status, isPublic }: PostView): boolean =>
  isPublic ? status.checks.some((check) => !check.ok) : status.checks.length > 0;

/** As readers see it, also for the signed-in, without the publication to the feed, which is the page that the record stands on. */
const forReaders = (status: PostStatus): PostStatus => ({
  ...withoutReviewers(status),
  publications: status.publications.filter(({ target }) => target !== 'feed'),
});
