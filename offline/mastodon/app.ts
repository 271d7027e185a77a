import { Hono, type Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { drop, type Env } from '../faults.js';
import type { StandInCall, MastodonFault, MastodonFaults } from './stand-in.js';
import {
  isVideo,
  findProblem,
  type Upload,
  type Medium,
  type StandInStatus,
  type Statuses,
} from './statuses.js';
import {
  type Rates,
  writeStatusHtml,
  countCharacters,
  MIME_TYPES,
  type Flavour,
  type Limits,
} from './rules.js';

/** The account that the token signs in as. */
export const ACCOUNT = { id: '109876543210', username: 'ash' };

export interface MastodonParts {
  readonly token: string;
  readonly flavour: Flavour;
  readonly statuses: Statuses;
  readonly uploads: Map<string, Upload>;
  readonly faults: MastodonFaults;
  readonly rates: Rates;
  readonly now: () => Date;
  /** What a test changes while it runs. */
  readonly state: { limits: Limits; isWithdrawn: boolean; looks: number };
}

type Answer = Response | Promise<Response>;

/** As much of Mastodon's API as somebody who publishes uses. */
export function mastodonApp(parts: MastodonParts): Hono<Env> {
  const { statuses, uploads, state } = parts;
  const app = new Hono<Env>();

  app.get('/api/v2/instance', (c) => struck(parts, c, 'instance', () => c.json(instanceOf(c, state.limits))));

  app.use('/api/v1/*', (c, next) => signedIn(parts, c, next));
  app.use('/api/v2/media', (c, next) => signedIn(parts, c, next));

  app.get('/api/v1/accounts/verify_credentials', (c) =>
    struck(parts, c, 'account', () => c.json(accountOf(c))),
  );

  app.get('/api/v1/accounts/:id/statuses', (c) =>
    struck(parts, c, 'list', () => {
      if (c.req.param('id') !== ACCOUNT.id) return c.json({ error: 'Record not found' }, 404);
      const limit = Math.min(40, Number(c.req.query('limit') ?? 20));
      const before = c.req.query('max_id');
      const all = statuses.list().filter(({ id }) => before === undefined || BigInt(id) < BigInt(before));
      const page = all.slice(0, limit);
      const last = page.at(-1);
      if (last && all.length > page.length)
        c.header('link', `<${baseOf(c)}${c.req.path}?limit=${limit}&max_id=${last.id}>; rel="next"`);
      return c.json(page.map((status) => statusOf(parts, c, status)));
    }),
  );

  app.post('/api/v2/media', (c) =>
    struck(parts, c, 'media', async () => {
      const limited = limitedBy(parts, c, 'uploads', state.limits.uploads);
      if (limited) return limited;
      const { file, description } = await c.req.parseBody();
      if (!(file instanceof File)) return c.json({ error: 'Validation failed: File can’t be blank' }, 422);
      const bytes = new Uint8Array(await file.arrayBuffer());
      const problem = await findProblem(file, bytes, state.limits);
      if (problem !== null) return c.json({ error: problem }, 422);
      const words = typeof description === 'string' ? description : null;
      if ((words ?? '').length > state.limits.descriptionCharacters)
        return c.json({ error: 'Validation failed: Description is too long' }, 422);
      const upload: Upload = {
        id: statuses.nextId(),
        mimeType: file.type,
        bytes,
        description: words,
        looksLeft: state.looks,
      };
      uploads.set(upload.id, upload);
      return c.json(mediumOf(c, upload, upload.looksLeft > 0), upload.looksLeft > 0 ? 202 : 200);
    }),
  );

  app.get('/api/v1/media/:id', (c) =>
    struck(parts, c, 'look', () => {
      const upload = uploads.get(c.req.param('id'));
      if (!upload) return c.json({ error: 'Record not found' }, 404);
      upload.looksLeft = Math.max(0, upload.looksLeft - 1);
      return c.json(mediumOf(c, upload, upload.looksLeft > 0), upload.looksLeft > 0 ? 206 : 200);
    }),
  );

  app.post('/api/v1/statuses', (c) => struck(parts, c, 'status', () => createStatus(parts, c)));

  app.get('/api/v1/statuses/:id', (c) =>
    struck(parts, c, 'list', () => {
      const status = statuses.find(c.req.param('id'));
      return status ? c.json(statusOf(parts, c, status)) : c.json({ error: 'Record not found' }, 404);
    }),
  );

  app.put('/api/v1/statuses/:id', (c) =>
    struck(parts, c, 'edit', () => editStatus(parts, c, c.req.param('id'))),
  );

  app.delete('/api/v1/statuses/:id', (c) =>
    struck(parts, c, 'delete', () => {
      const limited = limitedBy(parts, c, 'deletions', state.limits.deletions);
      if (limited) return limited;
      const status = statuses.find(c.req.param('id'));
      if (!status) return c.json({ error: 'Record not found' }, 404);
      statuses.remove(status.id);
      return c.json({ ...statusOf(parts, c, status), text: status.text });
    }),
  );

  app.notFound((c) => c.json({ error: 'Not Found' }, 404));
  return app;
}

async function createStatus(parts: MastodonParts, c: Context<Env>): Promise<Response> {
  const { statuses, uploads, flavour } = parts;
  // GoToSocial lets browsers send it, and reads it nowhere.
  const key = flavour === 'gotosocial' ? null : (c.req.header('idempotency-key') ?? null);
  const madeBefore = key === null ? null : statuses.idFor(key);
  if (madeBefore !== null) {
    const status = statuses.find(madeBefore);
    return status ? c.json(statusOf(parts, c, status)) : c.json({ error: 'Record not found' }, 404);
  }
  const asked = (await c.req.json().catch(() => ({}))) as Record<string, unknown>;
  const text = typeof asked['status'] === 'string' ? asked['status'] : '';
  const ids = Array.isArray(asked['media_ids']) ? asked['media_ids'].map(String) : [];
  const problem = problemOfStatus(parts, text, ids);
  if (problem !== null) return c.json({ error: problem }, 422);
  const media = ids.map((id) => uploads.get(id)!);
  for (const { id } of media) uploads.delete(id);
  const language = typeof asked['language'] === 'string' ? asked['language'] : null;
  const visibility = typeof asked['visibility'] === 'string' ? asked['visibility'] : 'public';
  const kept = media.map(({ looksLeft: _looksLeft, ...medium }) => medium);
  return c.json(statusOf(parts, c, statuses.add({ text, language, visibility, media: kept }, key)));
}

/** A file that an edit does not name is taken off (mastodon/mastodon, `UpdateStatusService`). */
async function editStatus(parts: MastodonParts, c: Context<Env>, id: string): Promise<Response> {
  const { statuses, uploads } = parts;
  const status = statuses.find(id);
  if (!status) return c.json({ error: 'Record not found' }, 404);
  const asked = (await c.req.json().catch(() => ({}))) as Record<string, unknown>;
  const text = typeof asked['status'] === 'string' ? asked['status'] : '';
  const ids = Array.isArray(asked['media_ids']) ? asked['media_ids'].map(String) : [];
  const own = new Map<string, Upload>(status.media.map((medium) => [medium.id, { ...medium, looksLeft: 0 }]));
  const problem = problemOfStatus({ ...parts, uploads: new Map([...uploads, ...own]) }, text, ids);
  if (problem !== null) return c.json({ error: problem }, 422);
  const attributes = (asked['media_attributes'] ?? []) as readonly Pick<Medium, 'id' | 'description'>[];
  const media = ids.map((mediumId) => {
    const { id: of, mimeType, bytes, description } = own.get(mediumId) ?? uploads.get(mediumId)!;
    uploads.delete(of);
    return { id: of, mimeType, bytes, description, ...attributes.find((one) => one.id === mediumId) };
  });
  const language = typeof asked['language'] === 'string' ? asked['language'] : status.language;
  return c.json(statusOf(parts, c, statuses.edit(status, { text, language, media })));
}

/** Why no status is made of it, in Mastodon's words; null when one is. */
function problemOfStatus(
  { uploads, state }: MastodonParts,
  text: string,
  ids: readonly string[],
): string | null {
  const { attachments, characters } = state.limits;
  if (ids.length > attachments) return `Cannot attach more than ${attachments} files`;
  const missing = ids.filter((id) => !uploads.has(id));
  if (missing.length > 0) return `Media ${missing.join(', ')} not found or already attached to another post`;
  const media = ids.map((id) => uploads.get(id)!);
  if (media.length > 1 && media.some(isVideo))
    return 'Cannot attach a video to a post that already contains images';
  if (media.some(({ looksLeft }) => looksLeft > 0))
    return 'Cannot attach files that have not finished processing. Try again in a moment!';
  if (text.trim() === '' && ids.length === 0) return "Validation failed: Text can't be blank";
  if (countCharacters(text) > characters)
    return `Validation failed: Text character limit of ${characters} exceeded`;
  return null;
}

async function signedIn(
  parts: MastodonParts,
  c: Context<Env>,
  next: () => Promise<void>,
): Promise<Response | void> {
  const isKnown = c.req.header('authorization') === `Bearer ${parts.token}` && !parts.state.isWithdrawn;
  if (!isKnown) return c.json({ error: 'The access token is invalid' }, 401);
  return limitedBy(parts, c, 'requests', parts.state.limits.requests) ?? next();
}

const WINDOW_MS = { requests: 5 * 60_000, uploads: 30 * 60_000, deletions: 30 * 60_000 };

/** The answer to one call too many; null where it is not. */
function limitedBy(
  { rates }: MastodonParts,
  c: Context<Env>,
  what: keyof typeof WINDOW_MS,
  most: number,
): Response | null {
  const until = rates.use(what, most, WINDOW_MS[what]);
  return until && tooMany(c, until);
}

function tooMany(c: Context<Env>, until: Date): Response {
  c.header('x-ratelimit-remaining', '0');
  c.header('x-ratelimit-reset', until.toISOString());
  return c.json({ error: 'Too many requests' }, 429);
}

/** Does what a call asks for, unless a fault strikes it. */
async function struck(
  { faults, now }: MastodonParts,
  c: Context<Env>,
  call: StandInCall,
  answer: () => Answer,
): Promise<Response> {
  const fault = faults.take(call);
  if (fault?.kind === 'drop-before') return drop(c);
  if (fault?.kind === 'status') return faultAnswer(c, fault, now());
  const given = await answer();
  return fault ? drop(c) : given;
}

function faultAnswer(
  c: Context<Env>,
  { status = 500, body, resetAfterSeconds }: MastodonFault,
  now: Date,
): Response {
  if (resetAfterSeconds !== undefined)
    c.header('x-ratelimit-reset', new Date(now.getTime() + resetAfterSeconds * 1_000).toISOString());
  const code = status as ContentfulStatusCode;
  if (typeof body === 'string') return c.html(body, code);
  return c.json(body ?? { error: WORDS[status] ?? 'There was an error on this server' }, code);
}

const WORDS: Readonly<Record<number, string>> = {
  401: 'The access token was revoked',
  403: 'This action is outside the authorized scopes',
  429: 'Too many requests',
  503: 'There was a temporary problem serving your request, please try again',
};

const baseOf = (c: Context<Env>): string => `http://${c.req.header('host') ?? '127.0.0.1'}`;

const accountOf = (c: Context<Env>): object => ({
  ...ACCOUNT,
  acct: ACCOUNT.username,
  display_name: 'Ash',
  url: `${baseOf(c)}/@${ACCOUNT.username}`,
});

const ADDRESSES: Readonly<Record<Flavour, (page: string, id: string) => string>> = {
  mastodon: (page, id) => `${page}/${id}`,
  gotosocial: (page, id) => `${page}/statuses/${id}`,
  other: (page, id) => `${page}/${id}/view`,
};

function statusOf({ flavour }: MastodonParts, c: Context<Env>, status: StandInStatus): object {
  const { id, createdAt, editedAt, text, language, visibility, media } = status;
  const page = `${baseOf(c)}/@${ACCOUNT.username}`;
  return {
    id,
    created_at: createdAt,
    edited_at: editedAt,
    language,
    visibility,
    content: writeStatusHtml(text, baseOf(c), flavour),
    uri: `${baseOf(c)}/users/${ACCOUNT.username}/statuses/${id}`,
    url: ADDRESSES[flavour](page, id),
    account: accountOf(c),
    media_attachments: media.map((medium) => mediumOf(c, medium, false)),
  };
}

const mediumOf = (c: Context<Env>, medium: Medium, isUnfinished: boolean): object => ({
  id: medium.id,
  type: isVideo(medium) ? 'video' : 'image',
  description: medium.description,
  url: isUnfinished ? null : `${baseOf(c)}/media/${medium.id}`,
});

const instanceOf = (c: Context<Env>, limits: Limits): object => ({
  domain: c.req.header('host'),
  title: 'A stand-in of a Mastodon instance',
  version: '4.5.0',
  configuration: {
    statuses: {
      max_characters: limits.characters,
      max_media_attachments: limits.attachments,
      characters_reserved_per_url: 23,
    },
    media_attachments: {
      supported_mime_types: MIME_TYPES,
      description_limit: limits.descriptionCharacters,
      image_size_limit: limits.imageBytes,
      image_matrix_limit: limits.imagePixels,
      video_size_limit: limits.videoBytes,
    },
  },
});
