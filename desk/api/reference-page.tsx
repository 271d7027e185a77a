import { Hono } from 'hono';
import type { DeskDeps } from '../deps.js';
import type { RoomEnv } from '../kit/desk-room.js';
import type { Person, Session } from '../http/session.js';
import { ENDPOINTS, openApiDocument } from '../../contract/api/openapi.js';
import { packageVersion } from '../../config/package-version.js';
import { barCounts, type BarCounts, Frame } from '../kit/frame.js';
import { type FieldList, fieldLists, type NamedSchemas, outline, type ReferenceSchema } from './reference.js';
import { type Endpoint, REFUSALS, refusalsOf } from '../../contract/api/endpoint.js';

/** `/desk/api`: the HTTP API for people to read, for the signed-in. */
export function referenceRoutes({ archive, settings }: DeskDeps, session: Session): Hono<RoomEnv> {
  const routes = new Hono<RoomEnv>();
  const document = openApiDocument(ENDPOINTS, { url: settings.url, version: packageVersion() });
  routes.get('/', async (c) => {
    const person = session.person(c);
    if (!person) return c.redirect('/desk', 303);
    const counts = await barCounts(archive.records, c.get('attention'));
    return c.html(<ReferencePage document={document} url={settings.url} person={person} counts={counts} />);
  });
  return routes;
}

type Content = Readonly<Record<string, { schema: ReferenceSchema }>>;

/** The OpenAPI document, as far as the page reads it. */
interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: NamedSchemas };
}

interface Operation {
  readonly parameters?: readonly {
    name: string;
    in: string;
    schema: ReferenceSchema;
    description?: string;
  }[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { content: Content }>>;
}

interface ReferencePageProps {
  /** The OpenAPI document. */
  readonly document: object;
  /** Where the desk is reached. */
  readonly url: string;
  readonly person: Person;
  readonly counts: BarCounts;
}

/** The HTTP API as a page: every address with who may ask it, what it takes and what it answers. */
function ReferencePage({ document, url, person, counts }: ReferencePageProps) {
  const { paths, components } = document as ApiDocument;
  const named = components.schemas;
  return (
    <Frame title="HTTP API" person={person} counts={counts} place={null} styles={['reference.css']}>
      <main id="main" class="reference">
        <h1>HTTP API</h1>
        <p>
          JSON over HTTP. Send a token as <code>Authorization: Bearer TOKEN</code>: the desk's, or your own.
          The same as an OpenAPI 3.1 document: <a href="/api/openapi.json">/api/openapi.json</a>.
        </p>
        <pre class="example" tabindex={0} aria-label="An example">
          <code>{`curl -H "Authorization: Bearer $COPYDESK_TOKEN" \\\n  "${url}/api/posts?waiting=1"`}</code>
        </pre>
        <p>
          Times are ISO 8601 with zone, money is in US dollars. Fields that the desk does not know are
          ignored, and one that is null counts as left out.
        </p>
        <nav aria-label="Addresses">
          <ul class="plain toc">
            {ENDPOINTS.map((endpoint) => (
              <li>
                <a href={`#${endpoint.id}`}>
                  <Address of={endpoint} />
                </a>
              </li>
            ))}
          </ul>
        </nav>
        {ENDPOINTS.map((endpoint) => (
          <Described
            endpoint={endpoint}
            operation={paths[endpoint.path]![endpoint.method.toLowerCase()]!}
            named={named}
          />
        ))}
        <section id="documents">
          <h2>Documents</h2>
          {DOCUMENTS.map((name) => (
            <Fields heading={name} lists={fieldLists(named[name] ?? {}, named)} />
          ))}
        </section>
        <section id="errors">
          <h2>Errors</h2>
          <p>
            Every other answer is <code>{'{ error: { message, field? } }'}</code>.
          </p>
          <dl class="fields">
            {Object.entries(REFUSALS).map(([status, meaning]) => (
              <>
                <dt>
                  <code>{status}</code>
                </dt>
                <dd>{meaning}</dd>
              </>
            ))}
          </dl>
        </section>
      </main>
    </Frame>
  );
}

const DOCUMENTS = ['Post', 'PublicPost', 'Batch', 'Costs', 'Accounts', 'Estimate'];

const WHO: Readonly<Record<Endpoint['who'], string>> = {
  everybody: 'everybody; strangers see what is public',
  viewer: 'whoever is signed in',
  editor: 'editors',
};

function Address({ of: { method, path } }: { of: Endpoint }) {
  return (
    <>
      <code class={method === 'GET' ? 'method' : 'method post'}>{method}</code>
      <code>{path}</code>
    </>
  );
}

function Described(props: { endpoint: Endpoint; operation: Operation; named: NamedSchemas }) {
  const { endpoint, operation, named } = props;
  const { id, summary, notes, who, answer } = endpoint;
  const parameters = (operation.parameters ?? []).filter((one) => one.in === 'query');
  const query = parameters.map(({ name, schema, description }) => ({
    ...fieldLists({ properties: { [name]: schema } }, named)[0]!.fields[0]!,
    description: description ?? '',
  }));
  const body = operation.requestBody?.content['application/json']!.schema;
  const content = Object.values(operation.responses[answer.status]!.content)[0]!;
  return (
    <section id={id}>
      <h2>
        <Address of={endpoint} />
      </h2>
      <p>{summary}.</p>
      {notes && <p class="quiet">{notes}</p>}
      <p class="quiet">For {WHO[who]}.</p>
      {query.length > 0 && <Fields heading="In the address" lists={[{ title: null, fields: query }]} />}
      {body && <Fields heading="In the body" lists={fieldLists(body, named)} />}
      <p>
        <strong>{answer.status}</strong> <code>{answer.type ?? outline(content.schema)}</code>
        <span class="quiet"> · otherwise {refusalsOf(endpoint).join(', ')}</span>
      </p>
    </section>
  );
}

function Fields({ heading, lists }: { heading: string; lists: readonly FieldList[] }) {
  return (
    <>
      <h3>{heading}</h3>
      {lists.map(({ title, fields }) => (
        <>
          {title !== null && (
            <h4>
              <code>{title}</code>
            </h4>
          )}
          <dl class="fields">
            {fields.map(({ name, kind, required, description }) => (
              <>
                <dt>
                  <code>{name}</code>
                  {required && <span class="quiet"> required</span>}
                </dt>
                <dd>
                  <span>{withCode(kind)}</span>
                  {description !== '' && <span class="quiet"> {withCode(description)}</span>}
                </dd>
              </>
            ))}
          </dl>
        </>
      ))}
    </>
  );
}

/** Words in which what stands between back-ticks is code. */
const withCode = (words: string) =>
  words.split('`').map((part, index) => (index % 2 === 1 ? <code>{part}</code> : part));
