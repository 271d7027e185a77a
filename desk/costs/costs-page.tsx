import type { Costs } from '../../contract/lists.js';
import { COST_KEYS, type CostKey } from '../../contract/money/charge.js';
import { addressWith, LivePart, RoomPage, type Viewer } from '../kit/room-page.js';
import { ON_CHANGE } from '../kit/frame.js';
import { BY_WORDS, CostsTable } from './costs-table.js';
import { DayChart, KeyChart } from './cost-charts.js';
import { dayColumns } from './day-columns.js';
import { dollars, toNano, toUsd } from '../../contract/money/nano.js';
import { plannerWords } from '../batches/batch-words.js';
import { CHARGE_STEP_LABEL, type ChargeStep } from '../../contract/states.js';

interface CostsNowProps {
  readonly costs: Costs;
  readonly by: CostKey;
  /** As it was asked for: a date of UTC, or a time; null for the very beginning. */
  readonly since: string | null;
  readonly now: Date;
}

type CostsPageProps = CostsNowProps & { readonly viewer: Viewer };

/** `/desk/costs`: what was really paid, as a chart and as a table. */
export function CostsPage(props: CostsPageProps) {
  const { viewer, by, since } = props;
  return (
    <RoomPage {...viewer} title="Costs" place="costs" actions={<PeriodFilter {...props} />}>
      <LivePart path={costsPath(by, since, 'now')} on={ON_CHANGE}>
        <CostsNow {...props} />
      </LivePart>
    </RoomPage>
  );
}

/** What was paid by now: the part of the page that is fetched again when a post or a batch changes. */
export function CostsNow(props: CostsNowProps) {
  return props.costs.total.charges === 0 ? <NothingPaid {...props} /> : <Paid {...props} />;
}

function Paid({ costs, by, since, now }: CostsNowProps) {
  const label = labelFor(by);
  const firstDay = since?.slice(0, 10);
  return (
    <>
      <Sums costs={costs} />
      <nav class="tabs" aria-label="Sum by">
        {COST_KEYS.map((key) => (
          <a href={costsPath(key, since)} aria-current={key === by ? 'page' : undefined}>
            {BY_WORDS[key]}
          </a>
        ))}
      </nav>
      <Legend costs={costs} />
      {by === 'day' ? (
        <DayChart columns={dayColumns(costs.rows, dateOf(now), firstDay)} />
      ) : (
        <KeyChart rows={costs.rows} label={label} />
      )}
      <CostsTable costs={costs} by={by} label={label} />
      <p class="help">
        Wasted is the part of the cost whose output was not used: it was refused or made again, or its post
        came to nothing. Unknown are estimates of calls whose answer was lost; they are no part of the cost.
        Days are days of UTC.
        {costs.offlineCharges > 0 && ` ${offlineWords(costs.offlineCharges)}`}
      </p>
    </>
  );
}

function NothingPaid({ costs: { offlineCharges }, since }: CostsNowProps) {
  const when = since === null ? 'yet' : `since ${since.slice(0, 10)}`;
  return (
    <div class="empty">
      <p>
        <strong>Nothing was paid {when}.</strong>
      </p>
      {offlineCharges > 0 ? (
        <p>
          Only samples were made so far: {offlineWords(offlineCharges)} With OPENAI_API_KEY and FAL_KEY set,
          real models work, and what they cost stands here.
        </p>
      ) : (
        <p>Once a batch has paid for a call, it stands here by day, account, planner, model and step.</p>
      )}
    </div>
  );
}

function Sums({ costs: { total } }: { costs: Costs }) {
  const kept = toUsd(toNano(total.costUsd) - toNano(total.wastedUsd));
  const share = total.costUsd > 0 ? Math.round((total.wastedUsd / total.costUsd) * 100) : 0;
  return (
    <dl class="sums">
      <Sum name="Paid" amount={dollars(total.costUsd)} note={`${total.charges} charges`} />
      <Sum name="Kept" amount={dollars(kept)} />
      <Sum
        name="Wasted"
        amount={dollars(total.wastedUsd)}
        note={share > 0 ? `${share} % of it` : undefined}
      />
      <Sum name="Unknown" amount={dollars(total.unknownUsd)} note="not in the sum" />
    </dl>
  );
}

function Sum({ name, amount, note }: { name: string; amount: string; note?: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <span class="sum">{amount}</span> {note && <span class="quiet">{note}</span>}
      </dd>
    </div>
  );
}

/** What the colours of the charts mean; what there is none of is left out. */
function Legend({ costs: { total } }: { costs: Costs }) {
  const parts = [
    ['kept', 'Kept', true],
    ['wasted', 'Wasted', total.wastedUsd > 0],
    ['unknown', 'Unknown', total.unknownUsd > 0],
  ] as const;
  return (
    <ul class="plain legend">
      {parts.map(
        ([name, word, isThere]) =>
          isThere && (
            <li>
              <svg class="legend-mark" viewBox="0 0 1 1" aria-hidden="true">
                <rect class={`cost-${name}`} width="1" height="1" />
              </svg>{' '}
              {word}
            </li>
          ),
      )}
    </ul>
  );
}

function PeriodFilter({ by, since, now }: CostsPageProps) {
  return (
    <div class="period">
      <nav class="choices" aria-label="Period">
        {commonPeriods(now).map((period) => (
          <a
            class="choice"
            href={costsPath(by, period.since)}
            aria-current={period.since === since ? 'true' : undefined}
          >
            {period.label}
          </a>
        ))}
      </nav>
      <form class="line-form" method="get" action="/desk/costs">
        <input type="hidden" name="by" value={by} />
        <label for="since">Since</label>
        <input id="since" name="since" type="date" value={since?.slice(0, 10) ?? ''} max={dateOf(now)} />
        <button type="submit" class="plain-button">
          Show
        </button>
      </form>
    </div>
  );
}

/** A key of the rows for people. */
function labelFor(by: CostKey): (key: string) => string {
  switch (by) {
    case 'account':
      return (key) => `@${key}`;
    case 'planner':
      // What no planner caused.
      return (key) => (key === '(chat)' ? 'Chats' : plannerWords(key));
    case 'step':
      return (key) => CHARGE_STEP_LABEL[key as ChargeStep] ?? key;
    case 'day':
    case 'model':
      return (key) => key;
  }
}

const costsPath = (by: CostKey, since: string | null, part?: 'now'): string =>
  addressWith('/desk/costs', { by: by === 'day' ? null : by, since, part });

const offlineWords = (charges: number): string =>
  `${charges} ${charges === 1 ? 'charge' : 'charges'} of stand-ins left out: not real money.`;

/** The first day of what the costs are summed from, as people choose it. */
interface CostPeriod {
  readonly label: string;
  /** A date of UTC; null for the very beginning. */
  readonly since: string | null;
}

const DAY_MS = 86_400_000;

/** What people ask for most: today is the last day of each. */
function commonPeriods(now: Date): readonly CostPeriod[] {
  const daysAgo = (days: number): string => dateOf(new Date(now.getTime() - days * DAY_MS));
  return [
    { label: '7 days', since: daysAgo(6) },
    { label: '30 days', since: daysAgo(29) },
    { label: 'This month', since: `${dateOf(now).slice(0, 8)}01` },
    { label: 'All', since: null },
  ];
}

/** Its date in UTC, `2026-11-24`. */
const dateOf = (time: Date): string => time.toISOString().slice(0, 10);
