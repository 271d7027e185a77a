import type { LogEntry } from '@temporalio/worker';
import { shown } from '../contract/shown.js';
import { createLive } from '../command/output/live.js';
import { colorsFor, createOutput } from '../command/output/output.js';
import { withoutLogins } from '../contract/address.js';

/** What tells entries of one worker apart, beside the message; the SDK adds many more that say nothing to a person. */
const DULL = new Set([
  'sdkComponent',
  'taskToken',
  'taskQueue',
  'namespace',
  'isLocal',
  'runId',
  'workflowRunId',
  'workflowType',
  'target',
  'activityId',
  'stack',
]);

/** Terminals and log collectors cut longer lines anywhere. */
const LONGEST = 600;
const LONGEST_VALUE = 200;

/**
 * A log entry as one line: `info: charge step=draft amountNano=1250 workflowId=post/UpkTZ26nc9Eb`. A value with spaces
 * stands in double quotes, as logfmt has it.
 */
export function logLine({ level, message, meta = {} }: Pick<LogEntry, 'level' | 'message' | 'meta'>): string {
  const attributes = Object.entries(meta)
    .filter(([name, value]) => !DULL.has(name) && value !== undefined && value !== null && value !== '')
    .map(([name, value]) => `${name}=${quoted(textOf(value))}`);
  const line = [`${level.toLowerCase()}: ${oneLine(message)}`, ...attributes].join(' ');
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}

function textOf(value: unknown): string {
  if (value instanceof Error) return value.message || value.name;
  return typeof value === 'object' ? (JSON.stringify(value) ?? '') : String(value);
}

function quoted(value: string): string {
  const line = oneLine(value);
  const short = line.length > LONGEST_VALUE ? `${line.slice(0, LONGEST_VALUE - 1)}…` : line;
  return /[\s"=]/.test(short) ? JSON.stringify(short) : short;
}

const oneLine = (text: string): string => shown(text).replace(/\s+/g, ' ').trim();

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
