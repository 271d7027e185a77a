import type { Child } from 'hono/jsx';
import type { PostView } from '../reading/reader.js';
import type { Link } from './link.js';
import type { Filled } from './share-form.js';
import { printableText, TITLE_LIMIT } from '../http/printable.js';
import { clockTime, Time } from '../kit/time.js';
import { Layout, OfflineMark } from '../kit/layout.js';
import { stateWords } from '../../contract/states.js';
import { captionWithHashtags, paragraphs } from '../kit/post-text.js';
import { TargetTexts } from '../post/piece.js';
import { PlanSection } from '../post/plan.js';
import { ChecksSection } from '../post/record.js';
import { PipelineSection } from '../post/pipeline.js';
import { redoChoices } from '../post/decision-form.js';
import { TEXT_LIMITS } from '../../contract/limits.js';

interface ReviewPageProps {
  readonly view: PostView;
  readonly link: Link;
  /** The link's own address, as a path. */
  readonly path: string;
  readonly filled: Filled;
  /** Why the last decision was not taken. */
  readonly problem: string | null;
  readonly now: Date;
}

/** One post for somebody without a token: what it is, how it came about, and the decision. Costs only where the record is public. */
export function ReviewPage(props: ReviewPageProps) {
  const { view, link, path, now } = props;
  const { account, status, hero, clip } = view;
  const { language, timeZone, name, handle } = account;
  const title = printableText(status.title, TITLE_LIMIT);
  const time = (iso: string): string => clockTime(iso, timeZone, now);
  const at = (asset: string): string => `${path}/assets/${asset}`;
  const fileAt = (asset: string): string | null => (asset === hero || asset === clip ? at(asset) : null);
  const ends = new Date(link.expires * 1_000).toISOString();
  return (
    <Layout title={`Review: ${title}`} listed={false} styles={['share.css']}>
      <main id="main" class="shared">
        <header>
          <p class="quiet">
            {name} (@{handle}) asks for your decision · {stateWords(status.contentFormat)}, revision{' '}
            {status.revision} {status.offline && <OfflineMark of={status} />}
          </p>
          <h1 lang={language} dir="auto">
            {title}
          </h1>
        </header>
        <div class="shared-columns">
          <article>
            {clip ? (
              <video
                class="media"
                controls
                playsinline
                preload="metadata"
                src={at(clip)}
                poster={hero ? at(hero) : undefined}
                aria-label={status.altText}
              />
            ) : (
              hero && <img class="media" src={at(hero)} alt={status.altText} />
            )}
            {status.gate === 'media' && <p class="quiet">The picture is made once the text is approved.</p>}
            {status.body !== null && (
              <div class="prose" lang={language} dir="auto">
                {paragraphs(status.body).map((text) => (
                  <p>{text}</p>
                ))}
              </div>
            )}
            <section>
              <h2>Caption</h2>
              <p class="prose" lang={language} dir="auto">
                {captionWithHashtags(status)}
              </p>
            </section>
            <section>
              <h2>Alt text</h2>
              <p lang={language} dir="auto">
                {status.altText}
              </p>
            </section>
            <TargetTexts view={view} />
          </article>
          <aside aria-label="Your decision">
            <DecisionForm {...props}>
              <p class="quiet">
                This link takes one decision and ends on{' '}
                <Time iso={ends} text={`${time(ends)} (${timeZone})`} />.
              </p>
            </DecisionForm>
          </aside>
        </div>
        <details class="shared-record">
          <summary>How it came about</summary>
          <PlanSection status={status} language={language} />
          {status.checks.length > 0 && <ChecksSection checks={status.checks} />}
          {account.record === 'public' && <PipelineSection status={status} time={time} fileAt={fileAt} />}
        </details>
      </main>
    </Layout>
  );
}

function DecisionForm({ view, path, filled, problem, children }: ReviewPageProps & { children?: Child }) {
  return (
    <form method="post" action={path} class="decision">
      {problem !== null && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <label for="name">Your name</label>
      <input
        id="name"
        name="name"
        type="text"
        autocomplete="name"
        maxlength={80}
        required
        value={filled.name}
        autofocus={problem !== null && filled.name === ''}
      />
      <label for="words">Your words to the desk</label>
      <textarea
        id="words"
        name="words"
        rows={4}
        maxlength={TEXT_LIMITS.note}
        aria-describedby="words-hint"
        autofocus={problem !== null && filled.name !== ''}
      >
        {filled.words}
      </textarea>
      <p class="quiet" id="words-hint">
        What to change, or why you reject it. Not needed to approve.
      </p>
      <label for="redo">When it is revised, make again</label>
      <select id="redo" name="redo">
        {redoChoices(view.status.contentFormat).map(([redo]) => (
          <option value={redo} selected={redo === filled.redo}>
            {REDO_WORDS[redo]}
          </option>
        ))}
      </select>
      <div class="decision-buttons">
        <button type="submit" name="decision" value="approve" class="approve">
          Approve
        </button>
        <button type="submit" name="decision" value="revise" class="plain-button">
          Revise
        </button>
        <button type="submit" name="decision" value="reject" class="plain-button danger">
          Reject
        </button>
      </div>
      {children}
    </form>
  );
}

const REDO_WORDS = {
  text: 'the text',
  image: 'the picture',
  video: 'the clip',
  all: 'everything',
} as const;

/** A page of a link that shows no post: why, or that its decision was taken. */
export function LinkPage({ title, message }: { title: string; message: string }) {
  return (
    <Layout title={title} listed={false}>
      <main id="main" class="narrow">
        <h1>{title}</h1>
        <p>{message}</p>
      </main>
    </Layout>
  );
}
