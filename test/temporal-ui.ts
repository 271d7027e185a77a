import type { Page } from 'playwright-core';
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
  const workflow = encodeURIComponent(postWorkflowId(postId));
  await page.goto(`${temporalUi}/namespaces/default/workflows/${workflow}`);
  await page.getByRole('button', { name: 'Workflow Actions' }).click();
  await page.getByRole('menuitem', { name: 'Send a Signal' }).click();

  const dialog = page.getByRole('dialog', { name: 'Send a Signal' });
  await dialog.getByRole('button', { name: 'Select a signal' }).click();
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
