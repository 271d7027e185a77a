import { readSchema, type SchemaSource } from '../../contract/media/read-schema.js';
import { lacksOf } from '../../contract/media/input.js';
import { CopydeskError } from '../../contract/errors.js';
import type { ReadAccount } from './load.js';
import type { Problem } from './problem.js';
import type { Fields, MediaOrder } from '../../contract/media/read-fields.js';

/** What fal says of an account's two models. */
export interface CheckedModels {
  /** Why posts can't be made with them. */
  readonly unusable: readonly Problem[];
  /** What they do without; posts can be made all the same. */
  readonly lacking: readonly Problem[];
}

/** fal could not be asked what a model takes. */
export class SchemaError extends CopydeskError {
  override name = 'SchemaError' as const;
  constructor(endpoint: string, { baseUrl }: SchemaSource, why: string) {
    const [at, remedy] =
      baseUrl === null
        ? ['https://fal.ai', 'try again once it can be reached, or leave --online out']
        : [baseUrl, 'look at FAL_BASE_URL, or leave --online out'];
    super(`can't ask ${at} what ${endpoint} takes: ${why}; ${remedy}`);
  }
}

type Asked = Pick<MediaOrder, 'endpoint' | 'kind'> & { readonly field: 'image' | 'video' };

/**
 * Asks fal for the schemas of every account's models, each endpoint once, and says what they lack. A file with problems of its
 * own has no models to ask for.
 *
 * @returns by file
 * @throws SchemaError
 */
export async function checkModels(
  accounts: readonly ReadAccount[],
  source: SchemaSource,
): Promise<Map<string, CheckedModels>> {
  const schemas = new Map<string, Promise<Fields | null>>();
  const fieldsOf = (endpoint: string): Promise<Fields | null> => {
    const fields = schemas.get(endpoint) ?? askFor(endpoint, source);
    schemas.set(endpoint, fields);
    return fields;
  };
  const checked = new Map<string, CheckedModels>();
  for (const { file, account, lineOf } of accounts) {
    if (!account) continue;
    const { image, video } = account.models;
    const asked: Asked[] = [
      { endpoint: image, kind: 'picture', field: 'image' },
      { endpoint: video, kind: 'clip', field: 'video' },
    ];
    const unusable: Problem[] = [];
    const lacking: Problem[] = [];
    for (const model of asked) {
      const problem = (says: string): Problem => ({
        line: lineOf(['models', model.field]),
        field: `models.${model.field}`,
        message: says,
      });
      const found = lacksIn(model, await fieldsOf(model.endpoint));
      unusable.push(...found.unusable.map(problem));
      lacking.push(...found.lacking.map(problem));
    }
    checked.set(file, { unusable, lacking });
  }
  return checked;
}

function lacksIn(model: Asked, fields: Fields | null): { unusable: string[]; lacking: string[] } {
  const { endpoint } = model;
  if (fields === null) return { unusable: [`fal has no endpoint '${endpoint}'`], lacking: [] };
  const { unusable, lacking } = lacksOf(model, fields);
  return {
    unusable: unusable.map((says) => `'${endpoint}' ${says}; choose another model`),
    lacking: lacking.map((says) => `'${endpoint}' ${says}`),
  };
}

async function askFor(endpoint: string, source: SchemaSource): Promise<Fields | null> {
  const answer = await readSchema(endpoint, source);
  if (answer.kind === 'unread') throw new SchemaError(endpoint, source, answer.why);
  return answer.kind === 'unknown' ? null : answer.fields;
}
