import {
  continueAsNew,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities } from '../activities/index.js';
import type { RebuildPage } from '../activities/rebuild.js';
import { rebuildStatusQuery, type Rebuilt, type Skipped } from '../contract/rebuild.js';
import { QUEUES } from '../contract/task-queues.js';

/** A page is 20 workflows; one that a killed worker left half done is done again, which changes nothing. */
const { rebuildPage } = proxyActivities<Pick<Activities, 'rebuildPage'>>({
  taskQueue: QUEUES.record,
  startToCloseTimeout: '15 minutes',
  heartbeatTimeout: '20 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '1 minute', maximumAttempts: 10 },
});

/** How far it is; carried over when the workflow continues as new. */
interface Progress {
  batches: number;
  posts: number;
  publications: number;
  readonly skipped: Skipped[];
  /** The page that comes next; null after the last. */
  next: RebuildPage | null;
}

/** A post needs its batch; one that was edited or taken back must be there as it was published. */
const ORDER: readonly RebuildPage['workflow'][] = ['batch', 'post', 'edit', 'unpublish'];

/** Goes through every batch, every post, and every edit and removal of a published one that Temporal still knows, page by page. */
export async function rebuild(carried?: Progress): Promise<Rebuilt> {
  const progress: Progress = carried ?? {
    batches: 0,
    posts: 0,
    publications: 0,
    skipped: [],
    next: { workflow: 'batch', token: null },
  };
  setHandler(rebuildStatusQuery, () => rebuiltOf(progress), {
    description: 'What is back in the archive so far, and what was skipped',
  });
  for (let page = progress.next; page; page = progress.next) {
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof rebuild>(progress);
    const done = await rebuildPage.executeWithOptions({ summary: `${page.workflow} records` }, [page]);
    if (page.workflow === 'batch') progress.batches += done.records;
    if (page.workflow === 'post') progress.posts += done.records;
    progress.publications += done.publications;
    progress.skipped.push(...done.skipped);
    progress.next = nextPage(page, done.token);
    setCurrentDetails(details(progress));
  }
  return rebuiltOf(progress);
}

function nextPage({ workflow }: RebuildPage, token: string | null): RebuildPage | null {
  if (token !== null) return { workflow, token };
  const next = ORDER[ORDER.indexOf(workflow) + 1];
  return next ? { workflow: next, token: null } : null;
}

const rebuiltOf = ({ batches, posts, publications, skipped }: Progress): Rebuilt => ({
  batches,
  posts,
  publications,
  skipped,
});

const details = ({ batches, posts, publications, skipped }: Progress): string =>
  `${batches} batches, ${posts} posts, ${publications} publications; ${skipped.length} skipped`;
