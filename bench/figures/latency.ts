/** Figures 1 and 14: how much later than the providers' own time a batch is ready. */
import { startBatch } from '../lab/batches.js';
import { median, spread, times, type Figure } from '../lab/print.js';
import { AT_ONCE, openStage, type StandInPace } from '../lab/stage.js';

/** Provider latencies in ms, as the figure has them. */
const REAL: StandInPace = { plan: 8_000, text: 6_000, image: 12_000, video: 30_000 };
const CRITICAL_PATH_MS = REAL.plan + REAL.text + REAL.image + REAL.video;

/** Until all five wait for approval, over plan, draft, frame and clip one after another. */
export async function latency({ runs }: { runs: number }): Promise<Figure[]> {
  const stage = await openStage();
  try {
    await stage.startWorker(await stage.environment(REAL));
    const ratios = await times(runs, async () => {
      const began = performance.now();
      const batch = await startBatch(stage, { hero_text: 4, video: 1 });
      await batch.until(({ counts }) => counts.awaiting_approval === 5);
      return (performance.now() - began) / CRITICAL_PATH_MS;
    });
    return [
      {
        figure: '1',
        what: 'batch of 5 until all wait, over the critical path of 56 s',
        measured: `${spread(ratios, 4)}; the first ${ratios[0]?.toFixed(4)}`,
        floor: '1',
        reach: '≤ 1.015',
      },
    ];
  } finally {
    await stage.close();
  }
}

const [POSTS, RUNNERS, IMAGE_MS] = [200, 20, 2_000];
/** All runners busy from the first job to the last. */
const BOUND_MS = (POSTS / RUNNERS) * IMAGE_MS;

/** The time in which 200 pictures are made by a provider that makes 20 at once, from the first job to the last post waiting. */
export async function concurrency({ runs }: { runs: number }): Promise<Figure[]> {
  const stage = await openStage();
  try {
    const pace = { ...AT_ONCE, image: IMAGE_MS, runners: RUNNERS };
    await stage.startWorker(await stage.environment(pace));
    const ratios = await times(runs, async () => {
      const began = performance.now();
      const batch = await startBatch(stage, { hero_text: POSTS });
      await batch.until(({ counts }) => counts.awaiting_approval === POSTS);
      return (performance.now() - began) / BOUND_MS;
    });
    return [
      {
        figure: '14',
        what: `${POSTS} pictures of ${IMAGE_MS / 1_000} s, ${RUNNERS} at once, over ${BOUND_MS / 1_000} s`,
        measured: `${median(ratios).toFixed(3)}: ${spread(ratios, 3)}`,
        floor: '1',
        reach: '≤ 1.08',
      },
    ];
  } finally {
    await stage.close();
  }
}
