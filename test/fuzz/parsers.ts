/** The parsers of what comes from outside, each with good input to change. Only the refusals of each are its right. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { z } from 'zod';
import { inTime, type Target } from './run.js';
import { LONGEST_MESSAGE } from '../../services/readable.js';
import { ExportError, readExport } from '../../contract/archive-export.js';
import { mutatedText, oddText } from './odd.js';
import { parseAccount } from '../../config/accounts/parse.js';
import { readLines, UnreadableLine } from '../../services/archive/transfer/lines.js';
import { storable } from '../../services/archive/database.js';
import { judge } from '../../services/text/judge.js';
import { ProviderError } from '../../services/provider-error.js';
import { readBody } from '../../services/text/connection.js';
import { NO_SECRETS } from '../../services/secrets.js';
import { falError } from '../../services/media/fal-errors.js';
import { FalSubmitError } from '../../services/media/fal-client.js';
import { envProblem } from '../../config/env-file.js';
import { parseMix } from '../../contract/mix.js';
import { isTimeZone, parseIsoTime } from '../../contract/time.js';
import { clockTime, fullTime } from '../../desk/kit/time.js';
import { jsonExcess } from '../../contract/json-bounds.js';
import { parseRange } from '../../desk/public/serve-asset.js';
import { BadRequest } from '../../desk/http/bad-request.js';
import { costQuery } from '../../desk/reading/queries.js';
import { hashtagsValue, sinceValue, timeValue, usdValue } from '../../command/options/values.js';
import { UsageError } from '../../contract/errors.js';

/** Far more than any of them takes, in ms, on a busy machine. */
const TIME = 5_000;
const read = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');

const accounts = ['accounts/ashtalksai.yaml', 'accounts/crumbandcrust.yaml'].map(read);

const answers = [
  '{"items":[{"content_format":"video","topic":"a"}]}',
  'Sure!\n```json\n{"items": [{"content_format": "video", "topic": "a",}]}\n```\nDone.',
  '<think>{"items":[</think>{"items":[{"content_format":"video","topic":"a\nb"}]}',
];
const answer = z.object({ items: z.array(z.object({ content_format: z.string(), topic: z.string() })) });

const errorBodies = [
  '{"error":{"message":"Incorrect API key provided: sk-proj-aaaa1234.","type":"invalid_request_error","code":"invalid_api_key"}}',
  '{"detail":[{"loc":["body","prompt"],"msg":"field required","type":"value_error.missing"}]}',
  '<!doctype html><html><head><title>502 Bad Gateway</title></head><body><h1>502</h1></body></html>',
  'upstream connect error: Bearer abc123def456 https://user:secret@proxy.example/?api_key=1234567890',
];

/** Runs what may refuse in ways of its own. @throws what is none of them */
async function refusing(
  kinds: readonly (new (...given: any[]) => Error)[],
  run: () => unknown,
): Promise<void> {
  try {
    await inTime(TIME, run);
  } catch (error) {
    if (!kinds.some((kind) => error instanceof kind)) throw error;
    expectShort((error as Error).message);
  }
}

function expectShort(message: string): void {
  if (message.length > 2 * LONGEST_MESSAGE) throw new Error(`a message of ${message.length} characters`);
}

async function* chunks(text: string): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += 1_000) yield bytes.subarray(at, at + 1_000);
}

async function* rowsOf(text: string): AsyncGenerator<unknown> {
  for await (const { row } of readExport(chunks(text))) yield row;
}

const target = <T>(
  name: string,
  runs: number,
  given: fc.Arbitrary<T>,
  run: (given: T) => unknown,
): Target => ({
  ...{ name, runs, given },
  run: async (one: T) => void (await run(one)),
});
const changed = (...texts: string[]): fc.Arbitrary<string> => fc.oneof(mutatedText(...texts), oddText(30));
const SMALL = [
  'hero_text=4,video=1',
  '2026-11-24T09:00:00.123+01:00',
  'Europe/Lisbon',
  '12.50',
  'a,#b',
  'bytes=0-9',
];

/** @param exported a whole export of an archive that has something of each table */
export const parsers = (exported: string): readonly Target[] => [
  target('account files', 2_000, changed(...accounts), (text) =>
    inTime(TIME, () => {
      const { account, problems } = parseAccount('x', text);
      if ((account === null) !== problems.length > 0) throw new Error('neither an account nor a problem');
      for (const { field, message } of problems) expectShort(`${field}${message}`);
    }),
  ),
  target('exports', 2_000, mutatedText(exported), (text) =>
    refusing([ExportError, UnreadableLine], async () => {
      // What is taken in is also what the database must be able to store.
      for await (const { row } of readLines(rowsOf(text))) JSON.stringify(storable(row));
    }),
  ),
  target("models' answers", 6_000, changed(...answers), (text) =>
    inTime(TIME, () => {
      const judged = judge(answer, text);
      if (judged.outcome === 'malformed') expectShort(judged.detail);
    }),
  ),
  target("providers' documents", 4_000, changed(...errorBodies), (text) =>
    refusing([ProviderError], () => readBody(new Response(text), 'test', NO_SECRETS)),
  ),
  target(
    "providers' errors",
    5_000,
    fc.oneof(fc.jsonValue(), mutatedText(...errorBodies).map(parsedOrText), oddText(30)),
    (body) =>
      inTime(TIME, () => {
        const error = falError('submit', new FalSubmitError('HTTP 422', { status: 422, body }), null);
        if (!(error instanceof ProviderError)) throw new Error(`no error of a provider: ${String(error)}`);
        if (error.message.length > LONGEST_MESSAGE) throw new Error('a message without bounds');
        if (/[\p{Cc}\u202e\u2028]/u.test(error.message)) throw new Error('a control character in a message');
      }),
  ),
  target('.env files', 6_000, changed('# a\nexport A="b\nc"\nB=1 # d\nC=\'x\'\r\nD=`\n`\n'), (text) =>
    inTime(TIME, () => envProblem(text)),
  ),
  target(
    'mixes, times, zones, amounts, tags and ranges',
    2_000,
    fc.oneof(mutatedText(...SMALL), oddText()),
    values,
  ),
];

async function values(text: string): Promise<void> {
  await inTime(TIME, () => {
    const mix = parseMix(text);
    if ('problem' in mix) expectShort(mix.problem);
    const time = parseIsoTime(text);
    if (time !== null && !/^\d{4}-/.test(new Date(time).toISOString()))
      throw new Error('a time beyond ISO 8601');
    if (isTimeZone(text)) clockTime('2026-01-01T00:00:00Z', text, new Date(0));
    clockTime(text, text, new Date(0));
    fullTime(text, text);
    jsonExcess(text, { depth: 5, values: 50 });
    const range = parseRange(text, 10);
    if (typeof range === 'object' && !(range.start >= 0 && range.start <= range.end && range.end < 10))
      throw new Error(`a range outside the file: ${JSON.stringify(range)}`);
  });
  await refusing([BadRequest], () => costQuery({ by: text, since: text }));
  await refusing([BadRequest], () => costQuery({ by: undefined, since: text }));
  for (const parse of [
    () => timeValue('at', text, 0),
    () => sinceValue('since', text),
    () => usdValue('budget', text),
    () => hashtagsValue(text),
  ])
    await refusing([UsageError], parse);
}

function parsedOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
