import { expect, it } from 'vitest';
import { samplesOf } from './install.js';

const parts = (text: boolean, media: boolean) =>
  ({
    text: { provider: '127.0.0.1:8080', offline: text },
    media: { provider: 'fal', offline: media },
  }) as Parameters<typeof samplesOf>[0];

it.each([
  [parts(true, true), 'Offline: stand-ins write and draw samples; nothing is paid.'],
  [parts(false, true), 'Text is by 127.0.0.1:8080; pictures and clips are offline samples by a stand-in.'],
  [parts(true, false), 'Pictures and clips are by fal; text is an offline sample by a stand-in.'],
  [parts(false, false), null],
])('a start says who makes what', (services, words) => expect(samplesOf(services)).toBe(words));
