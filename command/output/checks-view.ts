import { failedChecks, type Check } from '../../contract/checks.js';
import type { Colors } from './output.js';
import { printableLine } from './printable.js';

/** The misses of the house style, each with what to mend; what holds is a number. */
export function checksView(checks: readonly Check[], colors: Colors): string {
  const failed = failedChecks(checks);
  if (failed.length === 0) return colors.dim(`Checks: all ${checks.length} hold`);
  const width = Math.max(...failed.map(({ rule }) => rule.length));
  const lines = failed.map(
    ({ rule, detail }) => `  ${rule.padEnd(width)}  ${printableLine(detail ?? 'missed')}`,
  );
  return [colors.yellow(`Checks: ${failed.length} of ${checks.length} missed`), ...lines].join('\n');
}
