import { expect, it } from 'vitest';
import { addCommand } from './search-attributes.js';

const names = ['PostStatus', 'CostUsd'];
const tcld =
  'tcld namespace search-attributes add --namespace desk.a1b2c --search-attribute PostStatus=Keyword --search-attribute CostUsd=Double';

it.each([
  [
    '127.0.0.1:7233',
    'temporal operator search-attribute create --address 127.0.0.1:7233 --namespace desk.a1b2c --name PostStatus --type Keyword --name CostUsd --type Double',
  ],
  ['desk.a1b2c.tmprl.cloud:7233', tcld],
  ['eu-west-1.aws.api.temporal.io:7233', tcld],
])('what adds the search attributes at %s', (address, command) =>
  expect(
    addCommand(names, { address, namespace: 'desk.a1b2c' }, { PostStatus: 'Keyword', CostUsd: 'Double' }),
  ).toBe(command),
);
