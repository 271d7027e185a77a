import type { Context, Hono } from 'hono';
import { queueQuery } from './queue.js';
import { parameter } from '../http/bad-request.js';
import type { DeskDeps } from '../deps.js';
import type { Reader } from '../reading/reader.js';
import type { Session } from '../http/session.js';
import { deskRoom, type RoomEnv } from '../kit/desk-room.js';
import { Notices } from '../kit/said.js';
import { createDeskPages } from './desk-pages.js';
import { PICTURE_BYTES, replacePicture } from '../post/picture.js';
import { BarPlaces, isBarPlace } from '../kit/frame.js';
import { deskPostPath } from '../kit/addresses.js';
import { decideOne, decideSeveral } from '../post/decision-routes.js';
import { duplicatePost } from '../post/duplicate.js';
import { raiseAndResume } from '../post/raise-budget.js';
import { saveAndApprove } from '../post/save-and-approve.js';
import { sharePost } from '../post/share.js';
import { askUnpublish, unpublishPost } from '../post/unpublish.js';

/** More than the longest post with all its words, as a form sends it, in bytes. */
const FORM_BYTES = 512 * 1024;

/** The addresses of this room; the other rooms of the desk look after theirs. */
const PATHS = ['/', '/posts/*', '/decide'];
const queryOf = (c: Context) => queueQuery((name) => parameter(c, name));

/** `/desk` and `/desk/posts/<id>`, and the decisions that are posted there. */
export function reviewRoutes(deps: DeskDeps, reader: Reader, session: Session): Hono<RoomEnv> {
  const notices = new Notices();
  const pages = createDeskPages(deps, reader, notices);
  const decisions = { deps, reader, pages, notices };
  const pictures = deskRoom(deps, session, { paths: ['/posts/:id/picture'], formBytes: PICTURE_BYTES });
  pictures.post('/posts/:id/picture', (c) => replacePicture(c, c.req.param('id'), decisions));

  const routes = deskRoom(deps, session, { paths: PATHS, formBytes: FORM_BYTES });
  routes.get('/', async (c) => {
    const query = queryOf(c);
    const part = parameter(c, 'part');
    if (part === 'list') return pages.rows(c, query);
    if (part !== 'bar') return pages.desk(c, query);
    const place = parameter(c, 'place');
    return c.html(<BarPlaces counts={await pages.barCounts(c)} place={isBarPlace(place) ? place : null} />);
  });
  routes.get('/posts/:id', (c) => {
    const answer = parameter(c, 'part') === 'changed' ? pages.changed : pages.post;
    return answer(c, c.req.param('id'), queryOf(c));
  });
  // Where a form was sent that could not be taken, somebody may load the page again.
  for (const form of ['decide', 'picture', 'duplicate', 'raise', 'save', 'share'])
    routes.get(`/posts/:id/${form}`, (c) =>
      c.redirect(deskPostPath(encodeURIComponent(c.req.param('id') ?? '')), 303),
    );
  routes.post('/posts/:id/decide', (c) => decideOne(c, c.req.param('id'), decisions));
  routes.post('/posts/:id/raise', (c) => raiseAndResume(c, c.req.param('id'), decisions));
  routes.post('/posts/:id/save', (c) => saveAndApprove(c, c.req.param('id'), decisions));
  routes.post('/posts/:id/share', (c) => sharePost(c, c.req.param('id'), decisions));
  routes.get('/posts/:id/unpublish', (c) => askUnpublish(c, c.req.param('id'), decisions));
  routes.post('/posts/:id/duplicate', (c) => duplicatePost(c, c.req.param('id'), decisions));
  routes.post('/posts/:id/unpublish', (c) => unpublishPost(c, c.req.param('id'), decisions));
  routes.post('/decide', (c) => decideSeveral(c, decisions));
  return pictures.route('/', routes);
}
