/** Workflows of the test of slots, with the activities as the real ones schedule them. */
import type { CollectTask } from '../../activities/collect.js';
import type { PublishTask } from '../../activities/publish.js';
import { media, publisher } from '../../workflows/activities.js';

export async function film(orders: readonly CollectTask[]): Promise<void> {
  await Promise.all(orders.map((order) => media.collect(order)));
}

export async function publishOne(task: PublishTask): Promise<string> {
  return (await publisher.publish(task)).outcome;
}
