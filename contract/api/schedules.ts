import { z } from 'zod';
import { count, documentId, dollarsField, mix, time } from '../document.js';
import { TEXT_LIMITS } from '../limits.js';
import { OVERLAPS, type ScheduleStatus } from '../schedule.js';
import { endpoint } from './endpoint.js';
import { by, mixSchema, revision, textSchema, usdSchema } from './values.js';

/** A recurring batch as it stands. */
export const scheduleDocument: z.ZodType<ScheduleStatus> = z.object({
  id: documentId,
  account: z.string(),
  planner: z.string(),
  mix,
  brief: z.string().nullable(),
  budgetUsd: dollarsField.nullable().meta({ description: "Null for the account's `budget.batch`" }),
  cron: z.string().meta({ example: '0 6 * * 1' }),
  revision: count.meta({ description: 'Each change makes the next' }),
  timeZone: z.string(),
  overlap: z.enum(OVERLAPS),
  paused: z.boolean(),
  note: z.string().nullable(),
  next: z.array(time),
  lastBatchId: documentId.nullable(),
  runningBatchId: documentId.nullable(),
  problem: z.object({ at: time, message: z.string(), skipped: z.boolean() }).nullable().meta({
    description:
      'The last run, where it started no batch, and why; `skipped` where the batch before still runs',
  }),
  skipped: count.meta({ description: 'How many runs were skipped so far' }),
  missed: count,
});

export const scheduleList = z.object({ schedules: z.array(scheduleDocument) });

/** What a change sets. */
export const scheduleChange = z.object({
  planner: z.string().optional().meta({ description: "One of the account's" }),
  mix: mixSchema.optional(),
  cron: z.string().max(200).optional().meta({ example: '0 7 * * 1' }),
  overlap: z.enum(OVERLAPS).optional(),
  brief: textSchema(TEXT_LIMITS.brief).nullable().optional().meta({ description: 'Null for none' }),
  budgetUsd: usdSchema
    .nullable()
    .optional()
    .meta({ description: "The most that each batch may spend; null for the account's `budget.batch`" }),
  revision: revision.optional(),
});

/** `/api/schedules`. */
export const scheduleEndpoints = {
  list: endpoint({
    id: 'listSchedules',
    method: 'GET',
    path: '/api/schedules',
    summary: 'The schedules, the one that runs next first',
    who: 'viewer',
    answer: { status: 200, schema: scheduleList },
  }),
  read: endpoint({
    id: 'readSchedule',
    method: 'GET',
    path: '/api/schedules/{id}',
    summary: 'A schedule: when it runs next, and what its last run came to',
    who: 'viewer',
    answer: { status: 200, schema: scheduleDocument },
  }),
  change: endpoint({
    id: 'changeSchedule',
    method: 'PATCH',
    path: '/api/schedules/{id}',
    summary: 'Change a schedule from its next time on; what is left out stays as it is',
    notes: 'The time zone becomes that of the account as its file is now. A batch that runs goes on.',
    who: 'editor',
    body: scheduleChange,
    answer: { status: 200, schema: scheduleDocument },
  }),
  resume: endpoint({
    id: 'resumeSchedule',
    method: 'POST',
    path: '/api/schedules/{id}/resume',
    summary: 'Let a paused schedule start its batches again',
    who: 'editor',
    body: z.object({ by: by.optional() }),
    answer: { status: 200, schema: z.object({ paused: z.boolean() }) },
  }),
  run: endpoint({
    id: 'runSchedule',
    method: 'POST',
    path: '/api/schedules/{id}/run',
    summary: "Start a schedule's batch now",
    who: 'editor',
    body: z.object({ by: by.optional() }),
    answer: {
      status: 200,
      schema: z.object({
        batchId: documentId.nullable().meta({ description: 'Null where it waits for the one before' }),
      }),
    },
  }),
};
