import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Person, Session } from '../http/session.js';
import type { Attention } from '../attention/attention.js';
import type { DeskDeps } from '../deps.js';
import { SignInPage } from '../sign-in/sign-in-routes.js';
import { ownFormsOnly } from '../http/origin.js';
import { MessagePage } from './layout.js';

/** What a handler of a room finds in its context. */
export interface RoomEnv {
  Variables: { person: Person; attention: Attention };
}

/** Every page of the desk counts what needs a person. */
export const provideAttention = (attention: Attention): MiddlewareHandler<RoomEnv> =>
  async function provide(c, next) {
    c.set('attention', attention);
    return next();
  };

/** What was posted is gone: the page that it was posted from is all there is to come back to. */
function wayBack(c: Context): string | undefined {
  if (c.req.method !== 'GET') return undefined;
  const { pathname, search } = new URL(c.req.url);
  return `${pathname}${search}`;
}

interface RoomOptions {
  /** The addresses that it looks after, from its own on; all below it when left out. */
  readonly paths?: readonly string[];
  /** More than its longest form, in bytes; 64 KB when left out. */
  readonly formBytes?: number;
}

/**
 * An empty room of the desk: for the signed-in. What is posted to it comes from a page of the desk and from an editor, and is a
 * form of ours.
 */
export function deskRoom(
  { settings }: Pick<DeskDeps, 'settings'>,
  session: Session,
  { paths = ['*'], formBytes = 64 * 1024 }: RoomOptions = {},
): Hono<RoomEnv> {
  const room = new Hono<RoomEnv>();
  for (const path of paths) {
    room.use(path, async function signedInOnly(c, next) {
      const person = session.person(c);
      if (person) {
        c.set('person', person);
        return next();
      }
      // A part of a page that a script asked for is no place for the form: the browser is told to go there.
      if (c.req.header('HX-Request') !== undefined) c.header('HX-Redirect', '/desk/sign-in');
      return c.html(<SignInPage problem={null} to={wayBack(c)} />, c.req.path === '/desk' ? 200 : 401);
    });
    room.post(path, ownFormsOnly(settings.url));
    room.post(path, async function editorsOnly(c, next) {
      if (c.get('person').role === 'editor') return next();
      return c.html(<MessagePage title="Refused" message="You may read here, and change nothing." />, 403);
    });
    room.post(
      path,
      bodyLimit({
        maxSize: formBytes,
        onError: (c) => c.html(<MessagePage title="Refused" message="This form is too large." />, 413),
      }),
    );
  }
  return room;
}
