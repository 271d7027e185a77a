import type { Services } from '../services/services.js';
import { createCollect } from './collect.js';
import { createDraft } from './draft.js';
import { createLookAfter } from './look-after.js';
import { createPlan } from './plan.js';
import { createPublish } from './publish.js';
import { createRecord } from './record.js';
import { createRemind } from './remind.js';
import { createSubmit } from './submit.js';

/** Every activity, over the services it is given. */
export const createActivities = (services: Services) => ({
  ...createPlan(services),
  ...createDraft(services),
  ...createSubmit(services),
  ...createCollect(services),
  ...createPublish(services),
  ...createRecord(services),
  ...createLookAfter(),
  ...createRemind(),
});

export type Activities = ReturnType<typeof createActivities>;
