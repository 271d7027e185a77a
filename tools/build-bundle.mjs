import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

/** Where the worker finds the workflows, bundled once at build time instead of at every start. */
export const bundleFile = join(root, 'dist', 'workflow-bundle.js');

/**
 * Bundles dist/workflows/index.js for the workflow sandbox.
 * @returns {Promise<{ code: string }>}
 * @throws Error with the bundler's report, when a workflow imports what the sandbox forbids
 */
export async function bundleWorkflows() {
  const workflowsPath = join(root, 'dist', 'workflows', 'index.js');
  if (!existsSync(workflowsPath)) throw new Error(`${workflowsPath} is missing: there is nothing to bundle`);
  // Not at the top: this file is loaded before the packages are installed.
  const { bundleWorkflowCode, DefaultLogger } = await import('@temporalio/worker');
  const report = [];
  const logger = new DefaultLogger('ERROR', ({ message }) => report.push(message));
  try {
    // Loaded once and shared, where each workflow would else load 168 modules of its own: our modules keep no state.
    return await bundleWorkflowCode({ workflowsPath, preloadModules: [workflowsPath], logger });
  } catch (error) {
    throw new Error([...report, error.message].join('\n'), { cause: error });
  }
}

/** Writes the bundle to dist/workflow-bundle.js; readers never see half a file. */
export async function writeBundle() {
  const { code } = await bundleWorkflows();
  writeFileSync(`${bundleFile}.new`, code);
  renameSync(`${bundleFile}.new`, bundleFile);
  return code;
}
