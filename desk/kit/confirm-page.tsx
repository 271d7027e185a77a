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
  /** What that is said with; `Keep it` when left out. */
  readonly keep?: string;
  /** Of the button; red, as for what destroys, when left out. */
  readonly look?: 'approve' | 'danger-button';
  /** What the form asks beside that. */
  readonly fields?: Child;
  /** What is lost, and what stays. */
  readonly children?: Child;
}

/** Says what cannot be taken back, and asks once. */
export function ConfirmPage(props: ConfirmPageProps) {
  const { title, person, counts, place, question, action, back, fields, children } = props;
  const { keep = 'Keep it', look = 'danger-button' } = props;
  return (
    <Frame title={title} person={person} counts={counts} place={place} styles={['rooms.css']}>
      <main id="main" class="room room-narrow">
        <h1>{question}</h1>
        {children}
        <form class="form" method="post" action={action}>
          {fields}
          <div class="buttons">
            <button type="submit" class={look}>
              {title}
            </button>
            <a class="button plain-button" href={back}>
              {keep}
            </a>
          </div>
        </form>
      </main>
    </Frame>
  );
}
