/** A part of a bar: its class, and its length in hundredths of the bar. */
export type MeterPart = readonly [name: string, length: number];

/** A bar of parts one after the other. The words beside it say the same. */
export function Meter({ parts }: { parts: readonly MeterPart[] }) {
  let from = 0;
  return (
    <svg class="meter" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
      <rect class="meter-rest" width="100" height="1" />
      {parts.map(([name, length]) => {
        const x = from;
        from += length;
        return <rect class={name} x={x.toFixed(2)} width={length.toFixed(2)} height="1" />;
      })}
    </svg>
  );
}

/** Costs as parts of a bar that stands for `whole`; amounts in US dollars. */
export const costParts = (
  { kept, wasted, unknown }: Readonly<Record<'kept' | 'wasted' | 'unknown', number>>,
  whole: number,
): MeterPart[] => [
  ['cost-kept', (kept / whole) * 100],
  ['cost-wasted', (wasted / whole) * 100],
  ['cost-unknown', (unknown / whole) * 100],
];

/** The heads of a table of figures: words to the left, numbers to the right. */
export const FigureHeads = ({ words, numbers }: Readonly<Record<'words' | 'numbers', readonly string[]>>) => (
  <thead>
    <tr>
      {words.map((head) => (
        <th scope="col">{head}</th>
      ))}
      {numbers.map((head) => (
        <th scope="col" class="number">
          {head}
        </th>
      ))}
    </tr>
  </thead>
);

/** What something is about, and what is to be said of it. */
export type Fact = readonly [name: string, words: string];

export const FactRows = ({ facts, numbers = false }: { facts: readonly Fact[]; numbers?: boolean }) => (
  <dl class="facts-list">
    {facts.map(([name, words]) => (
      <div>
        <dt>{name}</dt>
        <dd class={numbers ? 'number' : undefined}>{words}</dd>
      </div>
    ))}
  </dl>
);
