import { ApplicationFailure } from '@temporalio/common';
import { slotMoments } from '../contract/slot-moments.js';
import type { Slots } from '../contract/account.js';
import type { SlotRequest } from '../services/archive/slots/taken-slots.js';
import type { Services } from '../services/services.js';
import { withHeartbeat } from './heartbeat.js';

/** A post's word on when it goes out. */
export interface SlotOrder extends SlotRequest, Pick<Slots, 'week'> {
  /** Of the account. */
  readonly timeZone: string;
  /** The moment that a person named, ISO 8601; null for the next free slot. */
  readonly named: string | null;
  /** From when on a slot is to come, by the workflow's clock. */
  readonly from: string;
}

/** Posts of one account that wait for a slot; a week of one slot has so many in a hundred years. */
const MOST_MOMENTS = 5_000;

export const createTakeSlot = ({ archive, now }: Pick<Services, 'archive' | 'now'>) => ({
  /**
   * Gives a post the moment that it asks for. May be repeated: one word is answered the same each time.
   *
   * @returns ISO 8601
   * @throws ApplicationFailure `Slots.NoneFree`
   */
  takeSlot({ week, timeZone, named, from, ...request }: SlotOrder): Promise<string> {
    return withHeartbeat(null, async () => {
      if (named !== null) {
        await archive.slots.takeAt(request, named);
        return named;
      }
      // The archive may have been away for days since it was asked.
      const after = Math.max(Date.parse(from), now().getTime());
      const moments = coming({ week }, timeZone, after);
      const at = await archive.slots.takeNext(request, moments);
      if (at !== null) return at;
      const message = `none of the account's next ${MOST_MOMENTS} slots is free; give it more slots, or the post a time`;
      throw ApplicationFailure.nonRetryable(message, 'Slots.NoneFree');
    });
  },

  /** The post will not go out at the moment that it has. May be repeated. */
  giveBackSlot: (request: SlotRequest): Promise<void> =>
    withHeartbeat(null, () => archive.slots.giveBack(request)),
});

function* coming(slots: Pick<Slots, 'week'>, timeZone: string, after: number): Generator<string> {
  let count = 0;
  for (const moment of slotMoments(slots, timeZone, after)) {
    if ((count += 1) > MOST_MOMENTS) return;
    yield new Date(moment).toISOString();
  }
}
