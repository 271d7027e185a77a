import { TestWorkflowEnvironment } from '@temporalio/testing';

// download.mjs <folder> <version>: has the SDK download the Temporal server into the folder. It does so only on the way to
// starting one, which lives here in memory for a moment.
const [, , downloadDir, version] = process.argv;
const environment = await TestWorkflowEnvironment.createLocal({
  server: { executable: { type: 'cached-download', downloadDir, version, ttl: '100 days' } },
});
await environment.teardown();
