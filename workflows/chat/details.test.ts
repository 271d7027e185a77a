import { expect, it } from 'vitest';
import { chatDetails } from './details.js';
import { chatStatus, newChat } from './state.js';

const chat = newChat({ id: 'UpkTZ26nc9Eb', account: 'crumbandcrust', isNew: true });
const status = chatStatus(chat);

it('the details of a conversation say whose it is, how long, what it cost and what was asked last', () => {
  expect(chatDetails(status, [])).toContain('**Chat with @crumbandcrust**  \n0 turns · \\$0.00');
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

it('the details show a question as text, whatever it holds', () => {
  const text = chatDetails(status, ['1. [click](https://evil.example) <img src=x> **now**']);
  expect(text).not.toMatch(/[^\\]\]\(|[^\\]<img|[^\\*]\*\*now/);
});
