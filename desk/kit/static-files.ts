import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { Hono } from 'hono';
import { packageRoot } from '../../services/package-root.js';

const YEAR_SECONDS = 31_536_000;

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

const INTER = '@fontsource-variable/inter/files/inter-latin';
const NEWSREADER = '@fontsource-variable/newsreader/files/newsreader-latin';

/** Files of packages, by the name that pages load them by; our own are in `desk/static/`. */
const PACKAGED: Readonly<Record<string, string>> = {
  'htmx.js': 'htmx.org/dist/htmx.min.js',
  'htmx-sse.js': 'htmx-ext-sse/dist/sse.min.js',
  'idiomorph.js': 'idiomorph/dist/idiomorph-ext.min.js',
  'inter.woff2': `${INTER}-wght-normal.woff2`,
  'inter-ext.woff2': `${INTER}-ext-wght-normal.woff2`,
  'newsreader.woff2': `${NEWSREADER}-wght-normal.woff2`,
  'newsreader-ext.woff2': `${NEWSREADER}-ext-wght-normal.woff2`,
  'newsreader-italic.woff2': `${NEWSREADER}-wght-italic.woff2`,
};

const require = createRequire(import.meta.url);

type Files = ReadonlyMap<string, ReturnType<typeof staticFile>>;
let files: Files | undefined;

/** All that pages load, by name. They are read once, when first asked for. */
const staticFiles = (): Files => (files ??= readAll());

/** The address of one, for good. @throws Error for a name that there is not */
export const staticPath = (name: string): string => addressIn(staticFiles(), name);

function addressIn(known: Files, name: string): string {
  const file = known.get(name);
  if (!file) throw new Error(`there is no static file '${name}'`);
  return `/static/${name}?v=${file.version}`;
}

function readAll(): Files {
  const all = new Map<string, ReturnType<typeof staticFile>>();
  for (const [name, path] of Object.entries(PACKAGED))
    all.set(name, staticFile(name, readFileSync(require.resolve(path))));
  const folder = join(packageRoot(), 'desk', 'static');
  for (const name of readdirSync(folder))
    if (extname(name) in TYPES)
      all.set(name, staticFile(name, withVersions(readFileSync(join(folder, name), 'utf8'), all)));
  return all;
}

/** A stylesheet names fonts as `/static/inter.woff2`; a browser is to keep those for good as well. */
const withVersions = (text: string, known: Files): Buffer =>
  Buffer.from(text.replace(/\/static\/([\w.-]+)/g, (_all, name: string) => addressIn(known, name)));

/** Its version is of its bytes, so that an address with it never gets others. */
function staticFile(name: string, content: Buffer) {
  const version = createHash('sha256').update(content).digest('hex').slice(0, 12);
  return { type: TYPES[extname(name)], bytes: new Uint8Array(content), version };
}

/** `/static/<name>?v=<version>`: what pages load. An address with the file's version may be kept for good. */
export function staticRoutes(): Hono {
  const routes = new Hono();
  routes.get('/:name', (c) => {
    const file = staticFiles().get(c.req.param('name'));
    if (!file) return c.notFound();
    const isVersioned = c.req.query('v') === file.version;
    c.header('Content-Type', file.type);
    c.header('Cache-Control', isVersioned ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache');
    c.header('ETag', `"${file.version}"`);
    if (c.req.header('If-None-Match') === `"${file.version}"`) return c.body(null, 304);
    return c.body(file.bytes);
  });
  return routes;
}
