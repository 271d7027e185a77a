import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import { batchPost, batchStatus } from '../testing/status.js';
import { batchListView, batchView } from './batch-view.js';
import { plainLines } from './live.js';
import { colorsFor, createOutput } from './output.js';
import { postListView } from './post-view.js';
import { clipped, printableLine, printableText } from './printable.js';
import { table } from './table.js';

const plain = pc.createColors(false);

describe('table', () => {
  it('lines columns up under their heads, without borders', () => {
    expect(
      table(
        ['POST', 'COST'],
        [
          ['a', '$0.06'],
          ['bcdefg', '$12.00'],
        ],
        { right: ['COST'] },
      ),
    ).toBe(['POST      COST', 'a        $0.06', 'bcdefg  $12.00'].join('\n'));
  });
});

const DESK = 'http://127.0.0.1:8300';

describe('batchView', () => {
  it('shows head, posts, counts, errors and what to do next', () => {
    const error = { type: 'fal.content_policy', message: 'refused:\nnot allowed', requestId: 'req-1' };
    const view = batchView(
      batchStatus([batchPost(), batchPost({ id: 'b7Qm2LxT0sWd', status: 'blocked', error })]),
      plain,
      DESK,
    );
    expect(view).toContain('Batch Zr4hK8vYp1Nc  running  @ashtalksai · data_and_retrieval');
    expect(view).toContain('2 hero_text · $0.13 of $5.00 spent · offline sample');
    expect(view).toMatch(/UpkTZ26nc9Eb {2}hero_text {2}awaiting approval {4}1 {2}\$0\.06 {2}Where caching/);
    expect(view).toContain('b7Qm2LxT0sWd blocked: fal.content_policy: refused: not allowed (request req-1)');
    expect(view).toContain(`Next:\n  ${DESK}/desk?batch=Zr4hK8vYp1Nc\n  npx copydesk approve UpkTZ26nc9Eb`);
  });

  it('stops after 60 rows and says how many there are', () => {
    const view = batchView(batchStatus(Array.from({ length: 75 }, () => batchPost())), plain, DESK);
    expect(view).toContain('… and 15 more');
  });

  it('says so before there is a post or a batch', () => {
    expect(batchView(batchStatus([], { status: 'planning' }), plain, DESK)).toContain(
      'No post is planned yet.',
    );
    expect(batchListView([], plain)).toContain('No batch yet.');
    expect(postListView([], { waiting: true, colors: plain, desk: DESK })).toBe(
      'No post waits for a person.',
    );
  });
});

describe('printable', () => {
  it('takes escape sequences, bells and marks that reorder a line out of model text', () => {
    expect(printableLine('a\u001b[2Jb\u0007c\u202ed\ne')).toBe('a [2Jb cd e');
    expect(printableText('one\u001b\ntwo')).toBe('one \ntwo');
    expect(clipped('a longer title', 8)).toBe('a longe…');
  });
});

describe('output', () => {
  const stream = (isTTY: boolean) => {
    const written: string[] = [];
    return { written, isTTY, write: (text: string | Uint8Array) => Boolean(written.push(String(text))) };
  };

  it('colours only a terminal, and not against NO_COLOR', () => {
    expect(colorsFor(stream(true), {}).red('x')).not.toBe('x');
    expect(colorsFor(stream(true), { NO_COLOR: '1' }).red('x')).toBe('x');
    expect(colorsFor(stream(true), { TERM: 'dumb' }).red('x')).toBe('x');
    expect(colorsFor(stream(false), { CI: 'true', FORCE_COLOR: '1' }).red('x')).toBe('x');
  });

  it('keeps results on stdout and notes on stderr', () => {
    const [stdout, stderr] = [stream(false), stream(false)];
    const output = createOutput(true, stdout, stderr);
    output.note('working');
    output.result({ a: 1 }, () => 'for people');
    expect([stdout.written, stderr.written]).toEqual([['{"a":1}\n'], ['working\n']]);
  });

  it('writes a plain line only for news, and at most every 5 seconds', () => {
    const stderr = stream(false);
    let now = 0;
    const live = plainLines(stderr, () => now);
    const show = (at: number, status: 'drafting' | 'published'): void => {
      now = at;
      live.show(batchStatus([batchPost({ status })]));
    };
    show(0, 'drafting');
    show(1_000, 'published');
    show(6_000, 'published');
    show(20_000, 'published');
    expect(stderr.written).toHaveLength(2);
  });
});
