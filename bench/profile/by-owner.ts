/** What `node --cpu-prof` writes, as far as it is read here. */
export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
    readonly children?: readonly number[];
  }[];
  readonly samples: readonly number[];
  /** µs since the sample before. */
  readonly timeDeltas: readonly number[];
}

/** Ms of CPU by name, the most first. */
export type Shares = readonly (readonly [name: string, ms: number])[];

/** Who a function belongs to: a package, a folder of ours, or Node itself. */
export function ownerOf({ url, functionName }: CpuProfile['nodes'][number]['callFrame']): string {
  if (functionName === '(garbage collector)') return 'garbage collection';
  if (functionName === '(idle)' || functionName === '(root)') return 'idle';
  const [, name] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url) ?? [];
  if (name) return name;
  if (/^wasm:/.test(url)) return '@electric-sql/pglite';
  if (url.endsWith('workflow-bundle.js')) return 'workflows and the SDK in them';
  const [, room] = /\/dist\/([^/]+)\//.exec(url) ?? [];
  return room ? `copydesk ${room}/` : 'Node';
}

/** Own time of each function, summed by what `nameOf` calls it. */
export function sharesOf(
  { nodes, samples, timeDeltas }: CpuProfile,
  nameOf: (frame: CpuProfile['nodes'][number]['callFrame']) => string,
): Shares {
  const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
  const sums = new Map<string, number>();
  samples.forEach((id, at) => {
    const name = names.get(id) ?? '';
    sums.set(name, (sums.get(name) ?? 0) + (timeDeltas[at] ?? 0) / 1_000);
  });
  return [...sums].toSorted(([, a], [, b]) => b - a);
}

export const functionName = ({
  functionName,
  url,
  lineNumber,
}: CpuProfile['nodes'][number]['callFrame']): string =>
  `${functionName || '(anonymous)'} ${url.replace(/^.*\/(node_modules|dist)\//, '')}:${lineNumber + 1}`;
