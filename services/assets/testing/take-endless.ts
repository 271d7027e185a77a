import { join } from 'node:path';
import { FalMedia } from '../../media/fal.js';
import { FileAssets } from '../files.js';
import { Intake } from '../intake.js';

// take-endless.ts <url> <folder> <count> <bytes>: takes so many endless files in at once, each of so many bytes at most. Says what came of
// them, and how much its memory has grown meanwhile, in bytes.
const [, , url = '', folder = '', count = '', bytes = ''] = process.argv;
const media = new FalMedia({ key: 'sample', baseUrl: url, offline: true });
const assets = new FileAssets(join(folder, 'assets'));
const intake = new Intake({ folder: join(folder, 'incoming'), assets });
const before = process.memoryUsage().rss;
let most = before;
const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 20);
const facts = { kind: 'clip', provenance: null, tries: 0, onTry: () => undefined } as const;
const take = (at: number): Promise<string> =>
  intake
    .take({ asset: `UpkTZ26nc9Eb_video_${at + 2}.mp4`, ...facts }, (write) =>
      media.download(`${url}/endless`, write, { bytes: Number(bytes), ms: 60_000 }),
    )
    .then(
      () => 'taken',
      (error: Error) => error.message,
    );
const answers = await Promise.all(Array.from({ length: Number(count) }, (_, at) => take(at)));
clearInterval(watch);
process.stdout.write(JSON.stringify({ answers, grown: most - before }));
