import { describe, expect, it } from 'vitest';
import { splitHashtags, tidyHashtags } from './tidy-hashtags.js';

describe('tidyHashtags', () => {
  it.each<[string, string[], string[]]>([
    ['with a #', [' #ai', '##llm', '# mlops'], ['ai', 'llm', 'mlops']],
    ['twice', ['AI', 'ai', '#Ai', 'llm'], ['AI', 'llm']],
    ['of two words', ['machine learning', 'machine-learning'], ['machinelearning']],
    ['with punctuation', ['node.js', "don't", 'ai!'], ['nodejs', 'dont', 'ai']],
    ['in one text', ['#ai #llm #mlops'], ['ai', 'llm', 'mlops']],
    ['run together', ['#ai#llm'], ['ai', 'llm']],
    ['in one text with commas', ['ai, llm; mlops'], ['ai', 'llm', 'mlops']],
    ['of other scripts', ['#хлеб', '海', 'हिन्दी'], ['хлеб', '海', 'हिन्दी']],
    ['whose sign says something', ['C#', 'C++'], ['C#', 'C++']],
    ['of nothing', ['', '#', '  '], []],
  ])('%s', (_name, written, tidy) => {
    expect(tidyHashtags(written)).toEqual(tidy);
  });
});

describe('splitHashtags', () => {
  it.each<[string, string, string[]]>([
    ["That's it. #ai #llm", "That's it.", ['ai', 'llm']],
    ['That is it.\n\n#ai, #llm', 'That is it.', ['ai', 'llm']],
    ['No full stop #ai #llm', 'No full stop', ['ai', 'llm']],
    ['It said "no." #ai', 'It said "no."', ['ai']],
    // A word of the sentence, and a caption of nothing else.
    ['We all love #rust', 'We all love #rust', []],
    ['Why #ai is cheap.', 'Why #ai is cheap.', []],
    ['#ai #llm', '#ai #llm', []],
    ['We are #1', 'We are #1', []],
    ['', '', []],
  ])('%s', (caption, rest, hashtags) => {
    expect(splitHashtags(caption)).toEqual({ caption: rest, hashtags });
  });
});
