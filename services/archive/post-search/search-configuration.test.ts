import { expect, it } from 'vitest';
import { searchConfiguration } from './search-configuration.js';

it.each([
  ['en', 'english'],
  ['en-GB', 'english'],
  ['PT-br', 'portuguese'],
  ['de_CH', 'german'],
  ['nb-NO', 'norwegian'],
  ['ja', 'simple'],
  ['pl', 'simple'],
  ['constructor', 'simple'],
  ['', 'simple'],
])('%s is read as %s', (language, configuration) => {
  expect(searchConfiguration(language)).toBe(configuration);
});
