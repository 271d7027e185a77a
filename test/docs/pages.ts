/** The pages of the documentation, and what the tests read in them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export const read = (page: string): string => readFileSync(join(root, page), 'utf8');

const pagesIn = (folder: string): string[] =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name));

export const GUIDE: readonly string[] = ['README.md', ...pagesIn('docs')];

export const PAGES: readonly string[] = [
  ...GUIDE,
  ...['CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md'],
  ...['offline/README.md', 'bench/README.md', 'bench/figures.md'],
  ...['test/hostile/README.md', 'test/real-model/README.md', 'test/replay/README.md'],
  ...pagesIn('docs/decisions'),
];

export interface Fence {
  readonly language: string;
  readonly text: string;
}

/** Also one that is indented, as in a list. */
const FENCE = /^( *)```([\w-]*)\n([^]*?)^\1```$/gm;

export const fences = (text: string): Fence[] =>
  [...text.matchAll(FENCE)].map(([, indent = '', language = '', body = '']) => ({
    language,
    text: body.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  }));

/** What a person types in the console blocks of a text: their lines after `$ `. */
export const consoleLines = (text: string): string[] =>
  fences(text)
    .filter(({ language }) => language === 'console')
    .flatMap((fence) => [...fence.text.matchAll(/^\$ (.+)$/gm)].map(([, line]) => line!));

const withoutFences = (text: string): string => text.replaceAll(FENCE, '');

/** The anchors that GitHub gives the headings of a text. */
export function anchors(text: string): string[] {
  const seen = new Map<string, number>();
  return [...withoutFences(text).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading]) => {
    const words = heading!.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const anchor = words.replaceAll(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-');
    const count = seen.get(anchor) ?? 0;
    seen.set(anchor, count + 1);
    return count === 0 ? anchor : `${anchor}-${count}`;
  });
}

/** The links and pictures of a page that lead nowhere; those to other sites are not looked at. */
export function deadLinks(page: string): string[] {
  const links = [...withoutFences(read(page)).matchAll(/\]\(([^)\s]+)\)|<img src="([^"]+)"/g)].map(
    ([, link, picture]) => link ?? picture!,
  );
  return links.filter((link) => !/^https?:/.test(link) && !leadsSomewhere(page, link));
}

function leadsSomewhere(page: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : join(dirname(page), path);
  if (!existsSync(join(root, target))) return false;
  return anchor === undefined || anchors(read(target)).includes(anchor);
}

const ROOMS = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !/^(?:dist|var|node_modules|\.git)$/.test(entry.name))
  .map(({ name }) => name.replaceAll('.', '\\.'));
const FILE = new RegExp(`\`((?:${ROOMS.join('|')})/[\\w./-]+)\``, 'g');

/** The files and folders of ours that a page names in code, from the root or from beside it, and that are not there. */
export const missingFiles = (page: string): string[] =>
  [...read(page).matchAll(FILE)]
    .map(([, file]) => file!)
    .filter((file) => ![root, join(root, dirname(page))].some((folder) => existsSync(join(folder, file))));
