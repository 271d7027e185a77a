import { expect, it } from 'vitest';
import { readDecision, type DecisionName } from './read-decision.js';
import { sample } from './testing/sample.js';

const LATER = '2026-12-01T09:00:00+01:00';
const hero = 'UpkTZ26nc9Eb_hero_2.png';
const named = { revision: 2, gate: 'publish', publishAt: LATER };
const none = { gate: null, revision: null, note: null, publishAt: null };
const text = '\u0001First line.\r\n\n\tSecond\u0085 line.\u007f ';
const seen = 'First line.\n\n\tSecond line.';

it.each<[what: string, kind: DecisionName, message: object, read: object]>([
  ['an approval, and ignores what it does not know', 'approve', { ...named, colour: 'red' }, named],
  ['null as a field that is left out', 'approve', none, none],
  ['now as a time', 'approve', { publishAt: 'now' }, { publishAt: 'now' }],
  ['next as a time', 'approve', { publishAt: 'next' }, { publishAt: 'next' }],
  ['an edit of words', 'edit', { title: ' Mine ' }, { changes: { title: 'Mine' } }],
  ['an edit of a picture', 'edit', { hero }, { hero }],
  ['an edit of both', 'edit', { caption: 'C', hero }, { changes: { caption: 'C' }, hero }],
  ['of a text what can be seen', 'edit', { target: 'b', text }, { own: { target: 'b', text: seen } }],
])('reads %s', (_what, kind, message, read) => {
  const decision = { ...sample.decision(kind, { by: 'mo' }), ...read };
  expect(readDecision(kind, { by: 'mo', ...message })).toEqual({ decision });
});

it.each([
  ['approve', undefined, 'the message is not an object'],
  ['approve', 'yes', 'the message is not an object'],
  ['approve', ['mo'], 'the message is not an object'],
  ['approve', {}, 'by must be text'],
  ['approve', { by: 7 }, 'by must be text'],
  ['approve', { by: ' ' }, 'by must be text'],
  ['approve', { by: 'x'.repeat(201) }, 'by must be text'],
  ['approve', { by: 'mo', gate: 'final' }, "gate must be 'media' or 'publish'"],
  ['approve', { by: 'mo', revision: '2' }, 'revision must be a whole number'],
  ['approve', { by: 'mo', revision: 0 }, 'revision must be a whole number'],
  ['approve', { by: 'mo', publishAt: 'tomorrow' }, 'publishAt must be a time'],
  ['approve', { by: 'mo', publishAt: '2026-12-01' }, 'publishAt must be a time'],
  ['approve', { by: 'mo', note: 'x'.repeat(4_001) }, 'note must be text'],
  ['reject', { by: 'mo' }, 'reason must say why'],
  ['reject', { by: 'mo', reason: '' }, 'reason must say why'],
  ['cancel', { by: 'mo', reason: {} }, 'reason must be text'],
  ['resume', { by: 'mo', note: 1 }, 'note must be text'],
  ['edit', { by: 'mo' }, 'nothing to edit'],
  ['edit', { by: 'mo', hero: 7 }, 'hero must be the name of a picture'],
  ['edit', { by: 'mo', title: 'T', hero: 'x'.repeat(61) }, 'hero must be the name of a picture'],
] as const)('%s %j: %s', (kind, raw, problem) => {
  expect(readDecision(kind, raw)).toEqual({ problem: expect.stringContaining(problem) as string });
});
