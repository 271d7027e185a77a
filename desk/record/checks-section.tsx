import { failedChecks, type Check } from '../../contract/checks.js';
import { Chip } from './chip.js';

/** What the draft misses of the house style, first and with what to mend; then the rules that hold, by name. */
export function ChecksSection({ checks }: { checks: readonly Check[] }) {
  return (
    <section>
      <h2>Checks</h2>
      <Checks checks={checks} />
    </section>
  );
}

/** The same without its heading, for a fold that has one of its own. */
export function Checks({ checks }: { checks: readonly Check[] }) {
  const failed = failedChecks(checks);
  const held = checks.filter((check) => check.ok);
  return (
    <>
      {failed.length > 0 && (
        <>
          <p>
            <Chip word={`${failed.length} of ${checks.length} missed`} tone="bad" />
          </p>
          <ul class="checks">
            {failed.map(({ rule, detail }) => (
              <li>
                <strong>{ruleInWords(rule)}</strong>
                {detail !== null && `: ${detail}`}
              </li>
            ))}
          </ul>
        </>
      )}
      {held.length > 0 && (
        <p class="quiet">
          <Chip word={failed.length > 0 ? 'held' : 'all held'} tone="good" />{' '}
          {held.map(({ rule }) => ruleInWords(rule).toLowerCase()).join(', ')}
        </p>
      )}
    </>
  );
}

/** `imagePrompt.length` as "Image prompt length". */
function ruleInWords(rule: string): string {
  const words = rule
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('.', ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
