import type { Locator, Page } from 'playwright-core';
import { postWorkflowId } from '../contract/ids.js';

/**
 * Sends a signal to a post as a person does in the Temporal UI: the menu beside "Request Cancellation", Send a Signal,
 * its name, its input, Submit.
 *
 * @returns the signal's description, as the list of signals shows it
 */
export async function signalInTemporalUi(
  page: Page,
  temporalUi: string,
  { postId, signal, input }: { postId: string; signal: string; input: object },
): Promise<string> {
  const dialog = await openSignals(page, temporalUi, postId);
  const option = dialog.getByRole('option', { name: new RegExp(`^${signal}\\b`) });
  const description = (await option.innerText()).replace(signal, '').trim();
  await option.click();

  // The other textbox is the disabled one that shows the signal's name.
  const editor = dialog.getByRole('textbox', { disabled: false });
  await editor.click();
  await page.keyboard.type(JSON.stringify(input));
  // Left, the editor lays the JSON out anew and moves the button: a press on it that leaves the editor is no click.
  await page.keyboard.press('Tab');
  await dialog.getByRole('button', { name: 'Submit' }).click();
  await dialog.waitFor({ state: 'hidden' });
  return description;
}

/** What the Temporal UI offers to send to a post: each signal's name with its description. */
export async function signalsInTemporalUi(
  page: Page,
  temporalUi: string,
  postId: string,
): Promise<Record<string, string>> {
  const dialog = await openSignals(page, temporalUi, postId);
  const texts = await dialog.getByRole('option').allInnerTexts();
  await page.keyboard.press('Escape');
  return Object.fromEntries(texts.map((text) => text.split('\n') as [string, string]));
}

/** The parts of a workflow's page that its own Markdown fills, as text, with the targets of the links. */
export async function detailsInTemporalUi(
  page: Page,
  temporalUi: string,
  workflowId: string,
): Promise<{ summary: string; details: string; links: Record<string, string> }> {
  await page.goto(workflowPage(temporalUi, workflowId));
  const current = await shown(page, 'Current Details', 0);
  const details = await current.innerText();
  const links = await current
    .getByRole('link')
    .evaluateAll((all: { textContent: string; href: string }[]) =>
      all.map(({ textContent, href }) => [textContent, href] as const),
    );
  // Closed again, so that the first frame is the summary's.
  await page.getByRole('button', { name: 'Current Details', exact: true }).click();
  const summary = await (await shown(page, 'Summary & Details', 0)).innerText();
  return { summary, details, links: Object.fromEntries(links) };
}

/** The UI shows Markdown in frames of their own. */
async function shown(page: Page, part: string, frame: number): Promise<Locator> {
  await page.getByRole('button', { name: part, exact: true }).click();
  const main = page.frameLocator(`iframe >> nth=${frame}`).getByRole('main');
  await main.waitFor();
  return main;
}

/**
 * Opens the list of workflows with the columns of `columns`, as if a person had chosen them by the gear below the list,
 * and answers the rows, each by its column. Every row has a workflow id, so the list is there once one is.
 */
export async function listInTemporalUi(
  page: Page,
  temporalUi: string,
  { query, columns }: { query: string; columns: readonly string[] },
): Promise<Record<string, string>[]> {
  const chosen = JSON.stringify({ default: columns.map((label) => ({ label })) });
  await page.addInitScript(
    `localStorage.setItem('namespace-workflow-table-columns', ${JSON.stringify(chosen)})`,
  );
  await page.goto(`${temporalUi}/namespaces/default/workflows?query=${encodeURIComponent(query)}`);
  const rows = page.getByTestId('workflows-summary-configurable-table-row');
  await rows.first().waitFor();
  const cells = await rows.evaluateAll((all: { cells: Iterable<{ innerText: string }> }[]) =>
    all.map((row) => [...row.cells].map((cell) => cell.innerText.trim())),
  );
  // Before the chosen columns come those of the checkbox and of what to do.
  return cells.map((row) =>
    Object.fromEntries(columns.map((column, index) => [column, row.slice(-columns.length)[index] ?? ''])),
  );
}

const workflowPage = (temporalUi: string, workflowId: string): string =>
  `${temporalUi}/namespaces/default/workflows/${encodeURIComponent(workflowId)}`;

async function openSignals(page: Page, temporalUi: string, postId: string): Promise<Locator> {
  await page.goto(workflowPage(temporalUi, postWorkflowId(postId)));
  await page.getByRole('button', { name: 'Workflow Actions' }).click();
  await page.getByRole('menuitem', { name: 'Send a Signal' }).click();
  const dialog = page.getByRole('dialog', { name: 'Send a Signal' });
  await dialog.getByRole('button', { name: 'Select a signal' }).click();
  return dialog;
}
