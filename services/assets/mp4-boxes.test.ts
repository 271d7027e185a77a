import { describe, expect, test } from 'vitest';
import { bytesOfBuffer, cutOffBox } from './mp4.js';
import { box as boxOf, header, largeBox as largeBoxOf } from './testing/boxes.js';

const box = (name: string, content: number): Buffer => boxOf(name, Buffer.alloc(content));
const largeBox = (name: string, size: bigint, content: number): Buffer =>
  largeBoxOf(name, size, Buffer.alloc(content));
const cutOff = (...parts: readonly Buffer[]): string | null => cutOffBox(bytesOfBuffer(Buffer.concat(parts)));

describe('whole', () => {
  test.each([
    ['boxes one after the other', [box('ftyp', 8), box('moov', 0), box('mdat', 100)]],
    ['a last box that runs to the end', [box('ftyp', 8), header(0, 'mdat'), Buffer.alloc(5)]],
    ['a box with a size of 64 bits', [box('ftyp', 8), largeBox('mdat', 20n, 4)]],
  ])('%s', (_what, parts) => {
    expect(cutOff(...parts)).toBeNull();
  });
});

describe('cut off', () => {
  test.each([
    ['within a box', [box('ftyp', 8), header(100, 'mdat'), Buffer.alloc(91)], 'mdat'],
    ['within a header', [box('ftyp', 8), Buffer.alloc(7)], 'header'],
    ['within a box with a size of 64 bits', [largeBox('mdat', 21n, 4)], 'mdat'],
    ['within a size of 64 bits', [header(1, 'mdat'), Buffer.alloc(7)], 'mdat'],
    ['by sizes that can not be', [box('ftyp', 8), header(7, 'moov'), Buffer.alloc(64)], 'moov'],
    ['by large sizes that can not be', [largeBox('mdat', 15n, 64)], 'mdat'],
  ])('%s', (_what, parts, name) => {
    expect(cutOff(...parts)).toBe(name);
  });
});
