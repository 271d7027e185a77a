import { claimUp } from '../left-over.js';
import { openEmbeddedTemporal } from '../open.js';
import { temporalBinary } from './install.js';

// open-and-wait.ts <data> <port>: plays the all-in-one that is to be killed. Prints the server's pid when it is up.
const [, , data = '', port = ''] = process.argv;
await claimUp(data, { pid: process.pid, deskPort: 8300 });
const server = await openEmbeddedTemporal({
  data,
  port: Number(port),
  uiPort: null,
  searchAttributes: { PostStatus: 'Keyword' },
  obtain: temporalBinary,
});
process.stdout.write(`${server.pid}\n`);
setInterval(() => {}, 60_000);
