/** The stand-ins of OpenAI and fal as a process of their own, so that what they use is not counted. Its argument: their folder and pace. */
import { startStandIns } from '../../offline/stand-ins.js';
import type { StandInPace } from './stage.js';

const { folder, pace } = JSON.parse(process.argv[2] ?? '') as { folder: string; pace: StandInPace };
const standIns = await startStandIns({ folder, media: 'plain' });
standIns.control.set({
  plan: { latencyMs: pace.plan },
  openai: { latencyMs: pace.text },
  image: { latencyMs: pace.image },
  video: { latencyMs: pace.video },
});
if (pace.runners) standIns.control.runners(pace.runners);
const { openAiBaseUrl, falBaseUrl } = standIns;
console.log(JSON.stringify({ openAiBaseUrl, falBaseUrl }));
process.once('SIGTERM', () => void standIns.close().then(() => process.exit(0)));
