import { describe, expect, it } from 'vitest';
import { fillPrompt, loadPrompt } from './prompts.js';

it('a prompt carries its version', () => {
  expect(loadPrompt('plan').version).toMatch(/^plan@\d+$/);
});

describe('fillPrompt', () => {
  const prompt = { version: 'x@1', instructions: 'Hi {{name}}', input: 'A\n\n{{brief}}\n\nB' };

  it('puts values in and closes the gaps of empty ones', () => {
    const filled = { version: 'x@1', instructions: 'Hi Ash', input: 'A\n\nB' };
    expect(fillPrompt(prompt, { name: 'Ash', brief: '' })).toEqual(filled);
  });

  it('leaves what a value holds as it is', () => {
    const { instructions } = fillPrompt(prompt, { name: '{{brief}} $& $1', brief: 'b' });
    expect(instructions).toBe('Hi {{brief}} $& $1');
  });

  it('throws for a place without a value', () => {
    expect(() => fillPrompt(prompt, { name: 'Ash' })).toThrow('prompt x@1: no value for {{brief}}');
  });
});
