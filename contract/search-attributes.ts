import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';

/** The typed search attributes of our workflows; `PostStatus='awaiting_approval'` is the queue in the Temporal UI. */
export const copydeskAccount = defineSearchAttributeKey('CopydeskAccount', SearchAttributeType.KEYWORD);
export const copydeskBatch = defineSearchAttributeKey('CopydeskBatch', SearchAttributeType.KEYWORD);
export const postStatusKey = defineSearchAttributeKey('PostStatus', SearchAttributeType.KEYWORD);
export const contentFormat = defineSearchAttributeKey('ContentFormat', SearchAttributeType.KEYWORD);
export const costUsd = defineSearchAttributeKey('CostUsd', SearchAttributeType.DOUBLE);

/** Temporal's own, on each run of a schedule: the time for which it was planned. */
export const scheduledStartTime = defineSearchAttributeKey(
  'TemporalScheduledStartTime',
  SearchAttributeType.DATETIME,
);

export const SEARCH_ATTRIBUTE_KEYS = [copydeskAccount, copydeskBatch, postStatusKey, contentFormat, costUsd];

/** Every attribute and its type, as `temporal operator search-attribute create --name N --type T` takes them. */
export const SEARCH_ATTRIBUTES: Readonly<Record<string, 'Keyword' | 'Double'>> = {
  CopydeskAccount: 'Keyword',
  CopydeskBatch: 'Keyword',
  PostStatus: 'Keyword',
  ContentFormat: 'Keyword',
  CostUsd: 'Double',
};
