import type { LogEntry } from '@temporalio/worker';
import { shown } from '../contract/shown.js';

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
