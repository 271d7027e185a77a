/** The worker of the floor, as a process of its own. Its argument is the server's address. */
import { fileURLToPath } from 'node:url';
import { NativeConnection, Worker } from '@temporalio/worker';
import { activities } from './activities.js';

const connection = await NativeConnection.connect({ address: process.argv[2] });
const worker = await Worker.create({
  connection,
  taskQueue: 'floor',
  activities,
  workflowsPath: fileURLToPath(new URL('workflows.ts', import.meta.url)),
});
process.once('SIGTERM', () => worker.shutdown());
const running = worker.run();
console.log(JSON.stringify({ ready: true }));
await running;
await connection.close();
