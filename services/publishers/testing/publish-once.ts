/** A worker of its own, which makes one attempt at a Bluesky target: `publish-once.ts ASSETS-FOLDER EDITION TARGET`, as JSON. */
import { FileAssets } from '../../assets/files.js';
import { BlueskyPublisher } from '../bluesky.js';
import type { Edition } from '../publisher.js';
import type { Target } from '../../../contract/account.js';

const [folder = '', edition = '{}', target = '{}'] = process.argv.slice(2);
const publisher = new BlueskyPublisher({
  assets: new FileAssets(folder),
  allowPrivate: true,
  now: () => new Date(),
});
const publication = await publisher.publish(JSON.parse(edition) as Edition, JSON.parse(target) as Target);
console.log(JSON.stringify(publication));
process.exit(0);
