import { expect, it } from 'vitest';
import { providerAt } from './openai.js';

it.each([
  ['https://api.openai.com/v1', 'openai'],
  ['https://eu.api.openai.com/v1', 'openai'],
  ['https://api.openai.com.example.org/v1', 'api.openai.com.example.org'],
  ['https://openrouter.ai/api/v1', 'openrouter.ai'],
  ['https://user:secret@llm.example.org:8443/v1', 'llm.example.org'],
  ['http://127.0.0.1:8080/v1', '127.0.0.1:8080'],
  ['http://localhost:11434/v1', 'localhost:11434'],
  ['http://[::1]:8080/v1', '[::1]:8080'],
  ['http://192.168.1.5:11434/v1', '192.168.1.5'],
])('the server at %s is called %s', (baseUrl, name) => expect(providerAt(baseUrl)).toBe(name));
