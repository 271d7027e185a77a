import { expect, it } from 'vitest';
import { isLong } from './length.js';

const history = (historyLength: number, historySize: number, continueAsNewSuggested = false) => ({
  ...{ historyLength, historySize, continueAsNewSuggested },
});

it.each([
  [false, 'short', history(3_000, 1_400_000)],
  [true, 'of many events', history(3_501, 400_000)],
  [true, 'of many bytes', history(1_200, 1_600_000)],
  [true, 'said to be long by Temporal', history(40, 2_000, true)],
  [false, 'that began with as much as a payload holds, and has come nowhere yet', history(400, 2_100_000)],
])('%s for a history that is %s', (long, _, of) => expect(isLong(of)).toBe(long));
