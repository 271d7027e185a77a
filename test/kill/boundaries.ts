import type { Boundary } from './ambush.js';

const QUEUE = 'queue\\.fal\\.run/fal-ai/';
const asked = { at: 'request', moment: 'asked' } as const;
const answered = { at: 'request', moment: 'answered' } as const;
const END = /insert into "posts"[^]*"status":"published"/;
const half = { at: 'request', moment: 'half' } as const;

const ofText = (what: string, name: string): Boundary[] => [
  { name: `${what} asked for`, ...asked, subject: new RegExp(`/responses ${name}`) },
  { name: `${what} answered`, ...answered, subject: new RegExp(`/responses ${name}`) },
];

/** What a submit leaves unknown: whether the job was accepted. */
const acceptedSubmit = (what: string, model: string): Boundary => ({
  name: `submit of the ${what} accepted`,
  ...answered,
  subject: new RegExp(`^POST .*${QUEUE}${model}`),
});

const ofMedia = (what: string, model: string, extension: string): Boundary[] => [
  { name: `submit of the ${what} asked for`, ...asked, subject: new RegExp(`^POST .*${QUEUE}${model}`) },
  acceptedSubmit(what, model),
  { name: `state of the ${what} polled`, ...asked, subject: new RegExp(`^GET .*${QUEUE}${model}.*/status$`) },
  {
    name: `result of the ${what} asked for`,
    ...asked,
    subject: new RegExp(`^GET .*${QUEUE}${model}.*/requests/[^/]+$`),
  },
  {
    name: `half of the ${what} downloaded`,
    ...half,
    subject: new RegExp(`^GET .*/v3\\.fal\\.media/files/.*\\.${extension}$`),
  },
  { name: `${what} stored, not reported`, at: 'file', subject: new RegExp(`^\\w.*\\.${extension}$`) },
];

const PICTURE = ['picture', 'flux-pro', 'png'] as const;
const CLIP = ['clip', 'kling-video', 'mp4'] as const;

/** Posts that wait for a person come to these by decisions alone, which are made in this order. */
export const OF_DECISIONS: readonly Boundary[] = [
  { name: 'revision sent right before', at: 'decision', moment: 'sent', subject: /^revise$/ },
  { name: 'approval sent right before', at: 'decision', moment: 'sent', subject: /^approve$/ },
  { name: 'approval sent while it is dead', at: 'decision', moment: 'unheard', subject: /^approve$/ },
  { name: 'publication asked for', at: 'write', moment: 'asked', subject: /insert into "publications"/ },
  { name: 'publication stored', at: 'write', moment: 'answered', subject: /insert into "publications"/ },
  { name: 'record of the end asked for', at: 'write', moment: 'asked', subject: END },
  { name: 'record of the end stored', at: 'write', moment: 'answered', subject: END },
  { name: 'approval of all sent right before', at: 'decision', moment: 'sent', subject: /^approveAll$/ },
];

/** What a post goes through from its plan to its gate. */
export const OF_MAKING: readonly Boundary[] = [
  ...ofText('plan', 'plan'),
  ...ofText('draft', 'draft_'),
  {
    name: 'money held back, nothing asked',
    at: 'write',
    moment: 'answered',
    subject: /insert into "reservations"/,
  },
  {
    name: 'charge written down, not reported',
    at: 'write',
    moment: 'answered',
    subject: /select \* from "charges" where "key" in/,
  },
  ...ofMedia(...PICTURE),
  { name: 'upload of the frame asked for', ...asked, subject: /storage\/upload\/initiate/ },
  { name: 'frame uploaded', ...answered, subject: /^PUT .*\/uploads\// },
  ...ofMedia(...CLIP),
  { name: 'lost submit looked for', ...asked, subject: /requests\/by-endpoint/ },
  { name: 'lost submit found', ...answered, subject: /requests\/by-endpoint/ },
  // Three in all: of everything that can be cut, this is what would be paid twice.
  acceptedSubmit('picture', 'flux-pro'),
];
