import type { PostStatus } from '../../contract/status.js';

/** What the drafter was given. */
export function PlanSection({ status, language }: { status: PostStatus; language: string }) {
  const { plan, planner, specialMessage, brief } = status;
  const rows: [string, string | null][] = [
    ['topic', plan.topic],
    ['angle', plan.angle],
    ['rationale', plan.rationale],
    ['news peg', plan.newsPeg],
    ['button', plan.button],
    ['brief', brief],
  ];
  return (
    <section>
      <h2>Plan (drafter input)</h2>
      <p>
        <span class="key">planner</span> <code>{planner}</code>
      </p>
      {rows.map(
        ([key, text]) =>
          text && (
            <p>
              <span class="key">{key}</span>{' '}
              <span class="prose" lang={language}>
                {text}
              </span>
            </p>
          ),
      )}
      <p>
        <span class="key">special_message:</span> {specialMessage}
      </p>
    </section>
  );
}
