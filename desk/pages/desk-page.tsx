import type { BatchSummary, PostSummary } from '../../contract/lists.js';
import { postPath } from '../addresses.js';
import { stateWords } from '../../contract/states.js';
import { dollars } from '../../contract/money/nano.js';
import { printableText, TITLE_LIMIT } from '../printable.js';
import { ago } from '../times.js';
import { Layout, OfflineMark, Time } from './layout.js';

export interface DeskPageProps {
  readonly waiting: readonly PostSummary[];
  readonly batches: readonly BatchSummary[];
  readonly now: Date;
}

/** What waits for a person, and the newest batches, each with the command that approves it. */
export function DeskPage({ waiting, batches, now }: DeskPageProps) {
  return (
    <Layout title="Desk · Copydesk" listed={false}>
      <header class="top">
        <h1>Desk</h1>
        <form method="post" action="/desk/sign-out">
          <button type="submit" class="plain-button">
            Sign out
          </button>
        </form>
      </header>
      <main id="main">
        <section>
          <h2>Waiting for a person</h2>
          {waiting.length === 0 && <p class="quiet">Nothing waits.</p>}
          <ul class="plain rows">
            {waiting.map((post) => (
              <WaitingPost post={post} now={now} />
            ))}
          </ul>
        </section>
        <section>
          <h2>Recent batches</h2>
          {batches.length === 0 && <p class="quiet">No batch yet.</p>}
          <ul class="plain rows">
            {batches.map((batch) => (
              <Batch batch={batch} now={now} />
            ))}
          </ul>
        </section>
      </main>
    </Layout>
  );
}

function WaitingPost({ post, now }: { post: PostSummary; now: Date }) {
  return (
    <li>
      <h3>
        <a href={postPath(post.account, post.id)}>{printableText(post.title, TITLE_LIMIT)}</a>
      </h3>
      <p class="quiet">
        @{post.account} · {stateWords(post.contentFormat)} · gate {post.gate} · revision {post.revision} ·{' '}
        {dollars(post.costUsd)} · <Time iso={post.since} text={`asked ${ago(post.since, now)}`} />
        {post.reminded && (
          <>
            {' · '}
            <strong>reminded</strong>
          </>
        )}{' '}
        {post.misses > 0 && (
          <span class="mark missed">{`${post.misses} ${post.misses === 1 ? 'check' : 'checks'} missed`}</span>
        )}{' '}
        {post.offline && <OfflineMark />}
      </p>
      <p>
        <code class="command">{`npx copydesk approve ${post.id} --revision ${post.revision}`}</code>
      </p>
    </li>
  );
}

function Batch({ batch, now }: { batch: BatchSummary; now: Date }) {
  const counts = Object.entries(batch.counts).map(([state, count]) => `${count} ${stateWords(state)}`);
  const mix = Object.entries(batch.mix).map(([format, count]) => `${format}=${count}`);
  return (
    <li>
      <h3>
        <code>{batch.id}</code> {batch.status}
      </h3>
      <p class="quiet">
        @{batch.account} · {batch.planner} · {mix.join(',')} · {dollars(batch.costUsd)} ·{' '}
        <Time iso={batch.createdAt} text={`started ${ago(batch.createdAt, now)}`} />{' '}
        {batch.offline && <OfflineMark />}
      </p>
      {counts.length > 0 && <p>{counts.join(', ')}</p>}
      {(batch.counts.awaiting_approval ?? 0) > 0 && (
        <p>
          <code class="command">{`npx copydesk approve --batch ${batch.id}`}</code>
        </p>
      )}
    </li>
  );
}
