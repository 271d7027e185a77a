import { readSchema, type SchemaAnswer, type SchemaSource } from '../../contract/media/read-schema.js';
import type { Account } from '../../contract/account.js';
import { lacksOf } from '../../contract/media/input.js';
import type { ReadAccount } from './load.js';
import type { Problem } from './problem.js';
import type { MediaOrder } from '../../contract/media/read-fields.js';

/** What fal says of an account's two models. */
export interface CheckedModels {
  /** Why posts can't be made with them. */
  readonly unusable: readonly Problem[];
  /** What they do without; posts can be made all the same. */
  readonly lacking: readonly Problem[];
  /** Why fal could not be asked. */
  readonly unasked: readonly Problem[];
}

type Asked = Pick<MediaOrder, 'endpoint' | 'kind'> & { readonly field: 'image' | 'video' };

/**
 * Asks fal for the schemas of every account's models, each endpoint once, and says what they lack. A file with problems of its
 * own has no models to ask for.
 *
 * @returns by file
 */
export async function checkModels(
  accounts: readonly ReadAccount[],
  source: SchemaSource,
): Promise<Map<string, CheckedModels>> {
  const answers = new Map<string, Promise<SchemaAnswer>>();
  const ask = (endpoint: string): Promise<SchemaAnswer> => {
    const answer = answers.get(endpoint) ?? readSchema(endpoint, source);
    answers.set(endpoint, answer);
    return answer;
  };
  const check = async ({ models: { image, video } }: Account, lineOf: ReadAccount['lineOf']) => {
    const models: Asked[] = [
      { endpoint: image, kind: 'picture', field: 'image' },
      { endpoint: video, kind: 'clip', field: 'video' },
    ];
    const told = await Promise.all(models.map(({ endpoint }) => ask(endpoint)));
    const found = { unusable: [] as Problem[], lacking: [] as Problem[], unasked: [] as Problem[] };
    for (const [at, model] of models.entries()) {
      const place = { line: lineOf(['models', model.field]), field: `models.${model.field}` };
      const words = Object.entries(wordsOf(model, told[at]!, source)) as [keyof CheckedModels, string[]][];
      for (const [kind, lines] of words) found[kind].push(...lines.map((message) => ({ ...place, message })));
    }
    return found;
  };
  const checked = new Map<string, CheckedModels>();
  await Promise.all(
    accounts.map(async ({ file, account, lineOf }) => {
      if (account) checked.set(file, await check(account, lineOf));
    }),
  );
  return checked;
}

type Words = Readonly<Partial<Record<keyof CheckedModels, readonly string[]>>>;

function wordsOf(model: Asked, answer: SchemaAnswer, source: SchemaSource): Words {
  const { endpoint } = model;
  if (answer.kind === 'unread') return { unasked: [unaskedWords(endpoint, answer.why, source)] };
  if (answer.kind === 'unknown') return { unusable: [`fal has no endpoint '${endpoint}'`] };
  const { unusable, lacking } = lacksOf(model, answer.fields);
  return {
    unusable: unusable.map((says) => `'${endpoint}' ${says}; choose another model`),
    lacking: lacking.map((says) => `'${endpoint}' ${says}`),
  };
}

function unaskedWords(endpoint: string, why: string, { baseUrl }: SchemaSource): string {
  const [at, remedy] =
    baseUrl === null
      ? ['https://fal.ai', 'try again once it can be reached, or leave --online out']
      : [baseUrl, 'look at FAL_BASE_URL, or leave --online out'];
  return `can't ask ${at} what ${endpoint} takes: ${why}; ${remedy}`;
}
