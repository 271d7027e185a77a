import type { Profile } from './run.js';
import type { Shares } from './by-owner.js';

const [WIDTH, ROW, LABEL, BARS] = [900, 34, 340, 440];
const COLORS = { before: '#b9c0c8', after: '#1f6f78' } as const;

/** Two profiles as one SVG: bars of CPU a post and of memory, by owner, before over after. */
export function draw(before: Profile, after: Profile): string {
  const parts = [
    section(
      'Time a post by owner, ms (sampled, the start of the process included)',
      before.cpu,
      after.cpu,
      16,
    ),
    section(
      'Time a post by function, ms (waiting for a thread included)',
      before.functions,
      after.functions,
      16,
    ),
    section('Memory by owner after 100 posts, MB', before.memory, after.memory, 8),
  ];
  let top = 44;
  const body = parts.map(({ height, svg }) => {
    const at = `<g transform="translate(0 ${top})">${svg}</g>`;
    top += height + 24;
    return at;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${top}" font-family="Inter, system-ui, sans-serif" font-size="12">
<rect width="100%" height="100%" fill="#fff"/>
<rect x="16" y="16" width="12" height="12" fill="${COLORS.before}"/><text x="34" y="26">before</text>
<rect x="96" y="16" width="12" height="12" fill="${COLORS.after}"/><text x="114" y="26">after</text>
${body.join('\n')}
</svg>`;
}

function section(
  title: string,
  before: Shares,
  after: Shares,
  most: number,
): { height: number; svg: string } {
  const [was, is] = [new Map(before), new Map(after)];
  const larger = (name: string): number => Math.max(was.get(name) ?? 0, is.get(name) ?? 0);
  const names = [...new Set([...was.keys(), ...is.keys()])]
    .toSorted((a, b) => larger(b) - larger(a))
    .slice(0, most);
  const scale = BARS / Math.max(...names.map(larger));
  const bar = (value: number, y: number, color: string): string =>
    `<rect x="${LABEL}" y="${y}" width="${(value * scale).toFixed(1)}" height="12" fill="${color}"/><text x="${(LABEL + value * scale + 6).toFixed(1)}" y="${y + 10}" fill="#444">${value < 10 ? value.toFixed(1) : value.toFixed(0)}</text>`;
  const rows = names.map((name, index) => {
    const y = 20 + index * ROW;
    return `<text x="${LABEL - 8}" y="${y + 17}" text-anchor="end">${escaped(short(name))}</text>${bar(was.get(name) ?? 0, y, COLORS.before)}${bar(is.get(name) ?? 0, y + 14, COLORS.after)}`;
  });
  return {
    height: 20 + names.length * ROW,
    svg: `<text x="16" y="8" font-weight="600" font-size="14">${escaped(title)}</text>${rows.join('')}`,
  };
}

/** `createContext vm-shared.js:246` for `createContext @temporalio/worker/lib/workflow/vm-shared.js:246`. */
const short = (name: string): string => {
  const [, called = name, place = ''] = /^(.*?) ?(?:[^ ]*\/)?([^ /]*:\d+)$/.exec(name) ?? [];
  const words = place === '' ? called : `${called.slice(0, 26)} ${place.replace(/^:0$/, '')}`.trim();
  return words.length > 42 ? `${words.slice(0, 41)}…` : words;
};
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
