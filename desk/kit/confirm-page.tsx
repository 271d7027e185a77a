import type { Child } from 'hono/jsx';
import { Frame, type FrameProps } from './frame.js';

interface ConfirmPageProps extends Pick<FrameProps, 'person' | 'counts' | 'place'> {
  /** What is asked for, as its button says it: `Cancel batch`. */
  readonly title: string;
  readonly question: string;
  /** The address that does it. */
  readonly action: string;
  /** The address of what is kept. */
  readonly back: string;
  /** What the form asks beside that. */
  readonly fields?: Child;
  /** What is lost, and what stays. */
  readonly children?: Child;
}

/** Asks before something is gone for good. */
export function ConfirmPage(props: ConfirmPageProps) {
  const { title, person, counts, place, question, action, back, fields, children } = props;
  return (
    <Frame title={title} person={person} counts={counts} place={place} styles={['rooms.css']}>
      <main id="main" class="room room-narrow">
        <h1>{question}</h1>
        {children}
        <form class="form" method="post" action={action}>
          {fields}
          <div class="buttons">
            <button type="submit" class="danger-button">
              {title}
            </button>
            <a class="button plain-button" href={back}>
              Keep it
            </a>
          </div>
        </form>
      </main>
    </Frame>
  );
}
