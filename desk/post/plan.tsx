import { shown } from '../../contract/shown.js';
import type { PostStatus } from '../../contract/status.js';
import { RecordSection } from './record.js';

interface PlanProps {
  readonly status: PostStatus;
  readonly language: string;
}

/** What the drafter was given. The angle ends with the button, the line that the piece lands on. */
export const PlanSection = (props: PlanProps) => (
  <RecordSection name="Plan (drafter input)">
    <PlanFacts {...props} />
  </RecordSection>
);

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
        <span class="key">instruction to the planner</span> {specialMessage}
      </p>
    </>
  );
}

const LONGEST_TEXT = 100;

/** The link to the news that a post hangs on. It came from a feed or an import: null for what is no web address. */
export function newsLink(url: string | null | undefined): { href: string; text: string } | null {
  if (!url || !URL.canParse(url)) return null;
  const { protocol, host, pathname, search, href } = new URL(url);
  if (!/^https?:$/.test(protocol)) return null;
  const text = shown(`${host}${pathname}${search}`);
  return { href, text: text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT - 1)}…` };
}
