/** The worker of the floor, as a process of its own. Its arguments are the server's address and how many activities it runs at a time. */
import { fileURLToPath } from 'node:url';
import { NativeConnection, Worker } from '@temporalio/worker';
import { activities } from './activities.js';

const connection = await NativeConnection.connect({ address: process.argv[2] });
const worker = await Worker.create({
  connection,
  taskQueue: 'floor',
  activities,
  maxConcurrentActivityTaskExecutions: Number(process.argv[3] ?? 100),
  workflowsPath: fileURLToPath(new URL('workflows.ts', import.meta.url)),
});
process.once('SIGTERM', () => worker.shutdown());
const running = worker.run();
console.log(JSON.stringify({ ready: true }));
await running;
await connection.close();
