import type { PostStatus } from '../../contract/status.js';
import { newsLink } from './news-link.js';

interface PlanProps {
  readonly status: PostStatus;
  readonly language: string;
}

/** What the drafter was given. The angle ends with the button, the line that the piece lands on. */
export function PlanSection(props: PlanProps) {
  return (
    <section>
      <h2>Plan (drafter input)</h2>
      <PlanFacts {...props} />
    </section>
  );
}

/** The same without its heading, for a fold that has one of its own. */
export function PlanFacts({ status, language }: PlanProps) {
  const { plan, planner, specialMessage, brief, repeat } = status;
  const rows: [string, string | null][] = [
    ['topic', plan.topic],
    ['angle', `${plan.angle} Button: ${plan.button}`],
    ['rationale', plan.rationale],
    ['news peg', plan.newsPeg],
    ['brief', brief],
    ['repeat', repeat ?? null],
  ];
  const news = newsLink(plan.newsUrl);
  return (
    <>
      <p>
        <span class="key">planner</span> <code>{planner}</code>
      </p>
      {rows.map(
        ([key, text]) =>
          text && (
            <p>
              <span class="key">{key}</span>{' '}
              <span class="prose" lang={language} dir="auto">
                {text}
              </span>
            </p>
          ),
      )}
      {news && (
        <p>
          <span class="key">news source</span>{' '}
          <a href={news.href} rel="nofollow noopener">
            {news.text}
          </a>
        </p>
      )}
      <p>
        <span class="key">special_message:</span> {specialMessage}
      </p>
    </>
  );
}
