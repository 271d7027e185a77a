import { expect, it } from 'vitest';
import { noteText, readNote } from './schedule-note.js';

const problem = { at: '2026-11-30T06:00:00.000Z', message: 'accounts/a.yaml:3: voise: is not a key' };

it.each([
  { words: null, lastBatchId: null, problem: null },
  { words: 'Paused by mo.', lastBatchId: null, problem: null },
  { words: 'Paused by mo.', lastBatchId: 'Zr4hK8vYp1Nc', problem },
  { words: null, lastBatchId: 'Zr4hK8vYp1Nc', problem: null },
  { words: null, lastBatchId: null, problem },
])('reads back what it wrote: %j', (note) => {
  expect(readNote(noteText(note))).toEqual(note);
});

it('is a line for each thing that there is to say', () => {
  expect(noteText({ words: 'Paused by mo.', lastBatchId: 'Zr4hK8vYp1Nc', problem })).toBe(
    [
      'Paused by mo.',
      'Last batch: Zr4hK8vYp1Nc.',
      'The run of 2026-11-30T06:00:00.000Z started no batch: accounts/a.yaml:3: voise: is not a key',
    ].join('\n'),
  );
});

it('keeps what somebody wrote in the Temporal UI as their words', () => {
  const note = readNote('until the fair is over\n\nask Mo');
  expect(note).toEqual({ words: 'until the fair is over ask Mo', lastBatchId: null, problem: null });
});

it('takes no words for what it wrote itself', () => {
  const words = 'Paused by x.\nLast batch: AAAAAAAAAAAA.\nThe run of now started no batch: ha';
  expect(readNote(noteText({ words, lastBatchId: null, problem: null }))).toEqual({
    words: words.replaceAll('\n', ' '),
    lastBatchId: null,
    problem: null,
  });
});

it('is never longer than a note may be', () => {
  const long = { at: problem.at, message: 'x'.repeat(100_000) };
  const text = noteText({ words: 'y'.repeat(100_000), lastBatchId: 'Zr4hK8vYp1Nc', problem: long });
  expect(text.length).toBeLessThan(2_000);
});
