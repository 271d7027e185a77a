import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import type { DeskDeps } from '../deps.js';
import { barCounts, Frame, type FrameProps } from './frame.js';
import type { RoomEnv } from './desk-room.js';
import { runAddress, type TemporalUi } from './addresses.js';
import { Said } from './said.js';

/** Who looks at a page, and what its bar counts. */
export type Viewer = Pick<FrameProps, 'person' | 'counts'>;

export const findViewer = async (
  c: Context<RoomEnv>,
  { archive }: Pick<DeskDeps, 'archive'>,
): Promise<Viewer> => ({
  person: c.get('person'),
  counts: await barCounts(archive.records, c.get('attention')),
});

export interface RoomPageProps extends FrameProps {
  /** The title when left out. */
  readonly heading?: string;
  /** The way to this page, above the heading. */
  readonly trail?: Child;
  /** Below the heading. */
  readonly about?: Child;
  /** Beside the heading. */
  readonly actions?: Child;
  readonly width?: 'narrow' | 'middle';
  /** What the form that was sent did; nothing on a page that is only looked at. */
  readonly said?: string | null;
  /** Why it did nothing. */
  readonly problem?: string | null;
}

/** A page of one of the desk's rooms: its heading, what the last form came to, and its content. */
export function RoomPage(props: RoomPageProps) {
  const { heading, trail, about, actions, width, said = null, problem = null, children, ...frame } = props;
  const title = <h1>{heading ?? frame.title}</h1>;
  const isAlone = trail === undefined && about === undefined;
  return (
    <Frame {...frame} styles={['rooms.css', ...(frame.styles ?? [])]}>
      <main id="main" class={width ? `room room-${width}` : 'room'}>
        <header class="room-head">
          {isAlone ? (
            title
          ) : (
            <div>
              {trail && <p class="trail">{trail}</p>}
              {title}
              {about}
            </div>
          )}
          {actions}
        </header>
        <Said said={said} problem={problem} />
        {children}
      </main>
    </Frame>
  );
}

/** For the signed-in, at an address of the desk where nothing is: the bar leads on. */
export const NothingHere = ({ viewer }: { viewer: Viewer }) => (
  <RoomPage {...viewer} title="Not found" place={null}>
    <p class="empty">Nothing is at this address: it may be mistyped, or what was here is gone.</p>
  </RoomPage>
);

export interface LivePartProps {
  /** The address that answers the part alone. */
  readonly path: string;
  /** When it is fetched again, as `hx-trigger` says it. */
  readonly on: string;
  readonly children?: Child;
}

/** A part of a page that is fetched again when something changes. */
export const LivePart = ({ path, on, children }: LivePartProps) => (
  <div hx-get={path} hx-trigger={on} hx-swap="morph:innerHTML">
    {children}
  </div>
);

/** The way to the page after this one of a list; nothing on the last. */
export function OlderLink({ path, children }: { path: string | null; children?: Child }) {
  if (path === null) return <></>;
  return (
    <p class="pager">
      <a href={path} rel="next">
        {children}
      </a>
    </p>
  );
}

/** The way to the run of a workflow, behind other facts; nothing where no Temporal UI is known. */
export function RunLink({ ui, workflowId }: { ui: TemporalUi | null; workflowId: string }) {
  if (ui === null) return <></>;
  return (
    <>
      {' · '}
      <a href={runAddress(ui, workflowId)}>Run in the Temporal UI</a>
    </>
  );
}

/** A path with its parameters; what is null or undefined is left out. */
export function addressWith(
  path: string,
  given: Readonly<Record<string, string | null | undefined>>,
): string {
  const query = Object.entries(given).filter((each): each is [string, string] => typeof each[1] === 'string');
  return query.length > 0 ? `${path}?${new URLSearchParams(query)}` : path;
}
