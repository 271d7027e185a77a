import type { Connection } from '@temporalio/client';

/** Search attributes by name, typed as the Temporal command names the types. */
export type SearchAttributeTypes = Readonly<Record<string, 'Keyword' | 'Double'>>;

/** `temporal.api.enums.v1.IndexedValueType` of Temporal's API. */
const indexedValueTypes = { Keyword: 2, Double: 4 } as const;

/** The names among `wanted` that the namespace has not, or has with another type. */
export async function missingSearchAttributes(
  connection: Connection,
  namespace: string,
  wanted: SearchAttributeTypes,
): Promise<string[]> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  return Object.entries(wanted)
    .filter(([name, type]) => customAttributes[name] !== indexedValueTypes[type])
    .map(([name]) => name);
}

/** Temporal Cloud takes them by its own command. */
const isCloud = (address: string): boolean => /\.(?:tmprl\.cloud|api\.temporal\.io)(?::\d+)?$/.test(address);

/** The command that adds the search attributes named, to a server of one's own or to Temporal Cloud. */
export function addCommand(
  names: readonly string[],
  { address, namespace }: { readonly address: string; readonly namespace: string },
  wanted: SearchAttributeTypes,
): string {
  if (isCloud(address)) {
    const pairs = names.map((name) => `--search-attribute ${name}=${wanted[name]}`);
    return `tcld namespace search-attributes add --namespace ${namespace} ${pairs.join(' ')}`;
  }
  const flags = names.map((name) => `--name ${name} --type ${wanted[name]}`);
  return `temporal operator search-attribute create --address ${address} --namespace ${namespace} ${flags.join(' ')}`;
}

/** Registers what is missing: the dev server takes `--search-attribute` only when it makes a new database. */
export async function addMissingSearchAttributes(
  connection: Connection,
  namespace: string,
  wanted: SearchAttributeTypes,
): Promise<void> {
  const names = await missingSearchAttributes(connection, namespace, wanted);
  if (names.length === 0) return;
  const searchAttributes = Object.fromEntries(
    names.map((name) => [name, indexedValueTypes[wanted[name] ?? 'Keyword']]),
  );
  await connection.operatorService.addSearchAttributes({ namespace, searchAttributes });
}
