/** The stand-ins of OpenAI and fal as a process of their own, so that what they use is not counted. Latencies in ms: its argument. */
import { startStandIns } from '../../offline/stand-ins.js';

const { folder, latency } = JSON.parse(process.argv[2] ?? '') as {
  folder: string;
  latency: { text: number; image: number; video: number };
};
const standIns = await startStandIns({ folder, media: 'plain' });
standIns.control.set({
  openai: { latencyMs: latency.text },
  image: { latencyMs: latency.image },
  video: { latencyMs: latency.video },
});
const { openAiBaseUrl, falBaseUrl } = standIns;
console.log(JSON.stringify({ openAiBaseUrl, falBaseUrl }));
process.once('SIGTERM', () => void standIns.close().then(() => process.exit(0)));
