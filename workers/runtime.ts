import { ApplicationFailure } from '@temporalio/common';
import { DefaultLogger, Runtime, type LogEntry } from '@temporalio/worker';
import { SettingError } from '../contract/errors.js';
import { type LogLevel, type Settings } from '../config/settings.js';
import { ArchiveAway, ArchiveHeld } from '../services/archive/database.js';
import { logLine, say } from './log.js';

/** A worker of one queue has either workflows or activities. */
const isOfOneKind = ({ message }: LogEntry): boolean => /^No (workflows|activities) registered/.test(message);

/** Said by our own watch of Temporal and of the archive, once for each outage and not once for each try. */
const isSaidElsewhere = ({ message, meta }: LogEntry): boolean =>
  /^gRPC call \S+ retried \d+ times/.test(message) || isArchiveAway(meta?.['error']);

const isArchiveAway = (error: unknown): boolean =>
  (error instanceof ArchiveAway && !(error instanceof ArchiveHeld)) ||
  (error instanceof ApplicationFailure && error.type === 'Archive.Unreachable');

/**
 * Sets up what the SDK has once for a process: its log, one line an entry to stderr since stdout belongs to documents, and
 * the metrics where `COPYDESK_METRICS` asks for them.
 *
 * @param fallback the level where `COPYDESK_LOG` says none.
 * @throws SettingError when the metrics can't be served at their address
 */
export function installRuntime(
  { log, metrics }: Pick<Settings, 'log' | 'metrics'>,
  fallback: LogLevel,
): void {
  const level = log ?? fallback;
  const logger = new DefaultLogger(severity(level), (entry: LogEntry) => {
    if (level !== 'debug' && (isSaidElsewhere(entry) || isOfOneKind(entry))) return;
    say(logLine(entry));
  });
  try {
    Runtime.install({
      logger,
      shutdownSignals: [],
      telemetryOptions: {
        // The SDK's own core would print its lines to stdout.
        logging: { forward: {}, filter: { core: 'WARN', other: 'ERROR' } },
        ...(metrics !== null && { metrics: { prometheus: { bindAddress: metrics } } }),
      },
    });
  } catch (error) {
    if (metrics === null || !/address|bind|permission/i.test(String(error))) throw error;
    throw new SettingError('COPYDESK_METRICS', metrics, 'a free address of this machine');
  }
}

const severity = (level: LogLevel): 'ERROR' | 'WARN' | 'INFO' | 'DEBUG' =>
  level.toUpperCase() as Uppercase<LogLevel>;
