import { Hono } from 'hono';
import { packageVersion } from '../../config/package-version.js';
import { ENDPOINTS } from '../../contract/api/endpoints.js';
import { openApiDocument } from '../../contract/api/openapi.js';
import type { DeskDeps } from '../deps.js';
import type { Session } from '../http/session.js';
import { barCounts } from '../shared/bar-counts.js';
import { ReferencePage } from './reference-page.js';

/** `/desk/api`: the HTTP API for people to read, for the signed-in. */
export function referenceRoutes({ archive, settings }: DeskDeps, session: Session): Hono {
  const routes = new Hono();
  const document = openApiDocument(ENDPOINTS, { url: settings.url, version: packageVersion() });
  routes.get('/', async (c) => {
    const person = session.person(c);
    if (!person) return c.redirect('/desk', 303);
    const counts = await barCounts(archive.records);
    return c.html(<ReferencePage document={document} url={settings.url} person={person} counts={counts} />);
  });
  return routes;
}
