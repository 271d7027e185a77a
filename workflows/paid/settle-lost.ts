import { CancellationScope } from '@temporalio/workflow';
import type { DeadCall } from '../../activities/settle-lost.js';
import type { Charge } from '../../contract/money/charge.js';
import { textActivities } from '../activities.js';

/** What a call whose worker died has cost. Its money counts even if the post was cancelled meanwhile. */
export const settleLost = (dead: DeadCall): Promise<Charge[]> =>
  CancellationScope.nonCancellable(() =>
    textActivities.settleLost.executeWithOptions({ summary: `What the lost call ${dead.key} cost` }, [dead]),
  );
