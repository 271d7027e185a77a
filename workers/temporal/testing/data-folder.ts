import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A data folder of a test, gone after it. */
export function dataFolder(): string {
  const data = mkdtempSync(join(tmpdir(), 'copydesk-temporal-test-'));
  onTestFinished(() => rmSync(data, { recursive: true, force: true }));
  return data;
}
