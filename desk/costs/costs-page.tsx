import type { Account } from '../../contract/account.js';
import type { Costs } from '../../contract/lists.js';
import { COST_KEYS } from '../../contract/money/charge.js';
import { LivePart, RoomPage, type Viewer } from '../kit/room-page.js';
import { ON_CHANGE } from '../kit/frame.js';
import { BY_WORDS, CostsTable } from './costs-table.js';
import { DayChart, KeyChart } from './cost-charts.js';
import { CostFilters } from './cost-filters.js';
import { costLabel, costsPath, type CostView, rowPath } from './cost-view.js';
import { budgetLine, dateOf, dayColumns } from './day-columns.js';
import { dollars, toNano, toUsd } from '../../contract/money/nano.js';

interface CostsNowProps {
  /** What was really paid; in a rehearsal what stand-ins charged. */
  readonly costs: Costs;
  readonly isRehearsal: boolean;
  readonly view: CostView;
  /** Whose costs these are. */
  readonly spenders: readonly Account[];
  readonly now: Date;
}

interface CostsPageProps extends CostsNowProps {
  readonly viewer: Viewer;
  /** The handles of all accounts. */
  readonly accounts: readonly string[];
}

/** `/desk/costs`: what was really paid, or would have been, as a chart and as a table. */
export function CostsPage(props: CostsPageProps) {
  const { viewer, view } = props;
  const heading = view.account === null ? undefined : `Costs of @${view.account}`;
  return (
    <RoomPage {...viewer} title="Costs" heading={heading} place="costs" actions={<CostFilters {...props} />}>
      <LivePart path={costsPath(view, 'now')} on={ON_CHANGE}>
        <CostsNow {...props} />
      </LivePart>
    </RoomPage>
  );
}

/** What was paid by now: the part of the page that is fetched again when a post or a batch changes. */
export function CostsNow(props: CostsNowProps) {
  const { costs, isRehearsal, view } = props;
  return (
    <>
      {isRehearsal && <Rehearsal />}
      {costs.total.charges === 0 ? <NothingPaid {...props} /> : <Paid {...props} />}
      {isRehearsal && view.money === 'rehearsal' && (
        <p>
          <a href={costsPath({ ...view, money: 'real' })}>What was really paid</a>
        </p>
      )}
      {!isRehearsal && costs.offlineCharges > 0 && (
        <p>
          {callWords(costs.offlineCharges)} of stand-ins left out: not real money.{' '}
          <a href={costsPath({ ...view, money: 'rehearsal' })}>What they would have cost</a>
        </p>
      )}
    </>
  );
}

/** Says what these amounts are: nobody may take them for a bill. */
export const Rehearsal = () => (
  <p class="banner" role="note">
    Rehearsal: stand-ins did this work, and nobody was paid. The amounts are what the same calls would have
    cost at list prices; with OPENAI_API_KEY and FAL_KEY set, real models work and what they cost stands here.
  </p>
);

function Paid({ costs, isRehearsal, view, spenders, now }: CostsNowProps) {
  const { by, since } = view;
  const path = (key: string): string => rowPath(view, key);
  const columns = by === 'day' ? dayColumns(costs.rows, dateOf(now), since?.slice(0, 10)) : [];
  return (
    <>
      <Sums costs={costs} isRehearsal={isRehearsal} />
      <nav class="tabs" aria-label="Sum by">
        {COST_KEYS.map((key) => (
          <a href={costsPath({ ...view, by: key })} aria-current={key === by ? 'page' : undefined}>
            {BY_WORDS[key]}
          </a>
        ))}
      </nav>
      <Legend costs={costs} />
      {by === 'day' ? (
        <DayChart columns={columns} budget={budgetLine(spenders, columns, now)} path={path} />
      ) : (
        <KeyChart rows={costs.rows} label={(key) => costLabel(by, key)} path={path} />
      )}
      <CostsTable
        costs={costs}
        caption={isRehearsal ? 'Every figure, of stand-ins' : 'Every figure, as copydesk costs has it'}
        head={BY_WORDS[by]}
        label={(key) => <a href={path(key)}>{costLabel(by, key)}</a>}
      />
      <p class="help">
        Wasted is the part of the cost whose output was not used: it was refused or made again, or its post
        came to nothing. Unknown are estimates of calls whose answer was lost; they are no part of the cost.
        Days are days of UTC.
      </p>
    </>
  );
}

function NothingPaid({ isRehearsal, view: { since } }: CostsNowProps) {
  const when = since === null ? 'yet' : `since ${since.slice(0, 10)}`;
  return (
    <div class="empty">
      <p>
        <strong>{isRehearsal ? `No sample was made ${when}.` : `Nothing was paid ${when}.`}</strong>
      </p>
      {!isRehearsal && (
        <p>Once a batch has paid for a call, it stands here by day, account, planner, model and step.</p>
      )}
    </div>
  );
}

function Sums({ costs: { total }, isRehearsal }: Pick<CostsNowProps, 'costs' | 'isRehearsal'>) {
  const kept = toUsd(toNano(total.costUsd) - toNano(total.wastedUsd));
  const share = total.costUsd > 0 ? Math.round((total.wastedUsd / total.costUsd) * 100) : 0;
  return (
    <dl class="sums">
      <Sum
        name={isRehearsal ? 'Would have cost' : 'Paid'}
        amount={dollars(total.costUsd)}
        note={callWords(total.charges)}
      />
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

const callWords = (charges: number): string => `${charges} ${charges === 1 ? 'charge' : 'charges'}`;
