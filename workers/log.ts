import { createLive } from '../command/output/live.js';
import { colorsFor, createOutput } from '../command/output/output.js';
import { withoutLogins } from '../contract/address.js';
import { shown } from '../contract/shown.js';

const { stdout, stderr } = process;

// The only place of a program that writes to its log, which is stderr: stdout belongs to documents.

/**
 * Writes one line, whatever the text holds: nobody's words begin a line of their own, steer the terminal or tell a password.
 *
 * @param paint colours the whole line
 */
export function say(line: string, paint: (text: string) => string = (text) => text): void {
  stderr.write(`${paint(withoutLogins(shown(line)))}\n`);
}

/** For what goes to the log. */
export const colors = colorsFor(stderr);

/** Progress of a batch, in the log. */
export const liveLog = () => createLive(stderr, () => performance.now());

/** Shows what a view of the command has made of a document, in its lines and colours. */
export const sayView = (view: string): void => createOutput(false, stderr, stderr).result(null, () => view);

/** Prints a document, for `--json`. */
export const printDocument = (document: unknown): void =>
  createOutput(true, stdout, stderr).result(document, () => '');
