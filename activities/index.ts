import type { Services } from '../services/services.js';
import { createAdopt } from './adopt.js';
import { createCancelBatch } from './cancel-batch.js';
import { createCollect } from './collect.js';
import { createDraft } from './draft.js';
import { createLookAfter } from './look-after.js';
import { createPlan } from './plan.js';
import { createPublish } from './publish.js';
import { createRebuild } from './rebuild.js';
import { createReconcile } from './reconcile.js';
import { createRecord } from './record.js';
import { createRemind } from './remind.js';
import { createStop } from './stop.js';
import { createSettleLost } from './settle-lost.js';
import { createSubmit } from './submit.js';

/** Every activity, over the services it is given. */
export const createActivities = (services: Services) => ({
  ...createPlan(services),
  ...createDraft(services),
  ...createSettleLost(services),
  ...createSubmit(services),
  ...createAdopt(services),
  ...createCollect(services),
  ...createStop(services),
  ...createPublish(services),
  ...createRecord(services),
  ...createReconcile(services),
  ...createRebuild(services),
  ...createLookAfter(),
  ...createCancelBatch(),
  ...createRemind(services),
});

export type Activities = ReturnType<typeof createActivities>;
