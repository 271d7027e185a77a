import { expect, it } from 'vitest';
import { noteText, readNote } from './cron.js';
import { skipReason } from './schedule.js';
import type { BatchStatus } from './status.js';

const problem = {
  at: '2026-11-30T06:00:00.000Z',
  message: 'accounts/a.yaml:3: voise: is not a key',
  skipped: false,
};
const skip = { at: problem.at, message: 'batch Zr4hK8vYp1Nc waits for you (2 posts)', skipped: true };
const lastBatchId = 'Zr4hK8vYp1Nc';
const words = 'Paused by mo.';
const nothing = { words: null, lastBatchId: null, problem: null, skips: 0 };
const RUN = 'The run of 2026-11-30T06:00:00.000Z started no batch: accounts/a.yaml:3: voise: is not a key';

it.each([
  [nothing, []],
  [{ ...nothing, words }, ['Paused by mo.']],
  [{ ...nothing, lastBatchId }, ['Last batch: Zr4hK8vYp1Nc.']],
  [{ ...nothing, problem }, [RUN]],
  [
    { ...nothing, problem: skip, skips: 12 },
    [
      'The run of 2026-11-30T06:00:00.000Z was skipped: batch Zr4hK8vYp1Nc waits for you (2 posts)',
      'Skipped so far: 12.',
    ],
  ],
  [{ ...nothing, words, lastBatchId, problem }, ['Paused by mo.', 'Last batch: Zr4hK8vYp1Nc.', RUN]],
])('%j is a line for each thing that there is to say, and is read back', (note, lines) => {
  expect(noteText(note)).toBe(lines.join('\n'));
  expect(readNote(noteText(note))).toEqual(note);
});

it('keeps what somebody wrote in the Temporal UI as their words', () => {
  const read = { ...nothing, words: 'until the fair is over ask Mo' };
  expect(readNote('until the fair is over\n\nask Mo')).toEqual(read);
});

it('takes no words for what it wrote itself', () => {
  const forged = 'Paused by x.\nLast batch: AAAAAAAAAAAA.\nThe run of now started no batch: ha';
  const read = readNote(noteText({ ...nothing, words: forged }));
  expect(read).toEqual({ ...nothing, words: forged.replaceAll('\n', ' ') });
});

it('is never longer than a note may be', () => {
  const [long, message] = ['y'.repeat(100_000), 'x'.repeat(100_000)];
  const text = noteText({ words: long, lastBatchId, problem: { ...problem, message }, skips: 999_999_999 });
  expect(text.length).toBeLessThan(2_000);
});

it.each<[Partial<BatchStatus>, string]>([
  [{ counts: { awaiting_approval: 1, published: 4 } }, 'batch Zr4hK8vYp1Nc waits for you (1 post)'],
  [
    { counts: { awaiting_approval: 1, blocked: 1 }, status: 'paused' },
    'batch Zr4hK8vYp1Nc waits for you (2 posts)',
  ],
  [{ status: 'paused' }, 'batch Zr4hK8vYp1Nc is paused'],
  [{ status: 'blocked' }, 'batch Zr4hK8vYp1Nc is blocked'],
  [{ counts: { scheduled: 3 } }, 'batch Zr4hK8vYp1Nc still runs'],
])('a run is skipped for %j, as it says: %s', (change, words) => {
  expect(skipReason({ id: 'Zr4hK8vYp1Nc', status: 'running', counts: {}, ...change })).toBe(words);
});
