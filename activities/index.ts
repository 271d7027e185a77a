import type { Services } from '../services/services.js';
import { createAdopt } from './adopt.js';
import { createAnswer } from './answer.js';
import { createCancelBatch, createLookAfter } from './look-after.js';
import { createCollect } from './collect.js';
import { createCopyPost } from './copy-post.js';
import { createDraft } from './draft.js';
import { createEdit } from './edit.js';
import { createEmbed } from './embed.js';
import { createPlan } from './plan.js';
import { createPublish } from './publish.js';
import { createReadNews } from './read-news.js';
import { createRebuild } from './rebuild.js';
import { createReconcile } from './reconcile.js';
import { createRecord } from './record.js';
import { createRecordTurn } from './record-turn.js';
import { createSchedule } from './schedule.js';
import { createStop } from './stop.js';
import { createSettleLost } from './paid-text.js';
import { createSubmit } from './submit.js';
import { createTakeSlot } from './take-slot.js';
import { createUnpublish } from './unpublish.js';
import { createWebhook } from './webhook.js';

/** Every activity, over the services it is given. */
export const createActivities = (services: Services) => ({
  ...createReadNews(services),
  ...createPlan(services),
  ...createDraft(services),
  ...createAnswer(services),
  ...createEmbed(services),
  ...createSettleLost(services),
  ...createSubmit(services),
  ...createAdopt(services),
  ...createCollect(services),
  ...createStop(services),
  ...createCopyPost(services),
  ...createPublish(services),
  ...createTakeSlot(services),
  ...createEdit(services),
  ...createUnpublish(services),
  ...createRecord(services),
  ...createRecordTurn(services),
  ...createReconcile(services),
  ...createRebuild(services),
  ...createLookAfter(services),
  ...createCancelBatch(),
  ...createWebhook(services),
  ...createSchedule(services),
});

export type Activities = ReturnType<typeof createActivities>;
