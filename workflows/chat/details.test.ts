import { expect, it } from 'vitest';
import type { ChatStatus } from '../../contract/chat.js';
import { chatDetails } from './details.js';

const status: ChatStatus = {
  ...{ id: 'UpkTZ26nc9Eb', account: 'crumbandcrust', turns: 0, lastAt: null },
  ...{ costUsd: 0, unknownUsd: 0 },
};

it('of a conversation that begins says whose it is', () => {
  const text = chatDetails(status, []);
  expect(text).toContain('**Chat with @crumbandcrust**');
  expect(text).toContain('0 turns · \\$0.00');
});

it('says how long it is, what it cost and what was asked last', () => {
  const asked = {
    ...status,
    turns: 1,
    lastAt: '2026-11-24T09:00:00.000Z',
    costUsd: 0.0004,
    unknownUsd: 0.01,
  };
  const text = chatDetails(asked, ['1. Why rye?']);
  expect(text).toContain('1 turn · the last at 2026-11-24T09:00:00.000Z · \\$0.0004');
  expect(text).toContain('\\$0.01 more of unknown outcome');
  expect(text).toContain('- 1. Why rye?');
});

it('shows a question as text, whatever it holds', () => {
  const text = chatDetails(status, ['1. [click](https://evil.example) <img src=x> **now**']);
  expect(text).not.toMatch(/[^\\]\]\(|[^\\]<img|[^\\*]\*\*now/);
});
