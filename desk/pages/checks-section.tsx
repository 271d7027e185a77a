import { failedChecks, type Check } from '../../contract/checks.js';

/** What the draft misses of the house style, first and with what to mend; then the rules that hold, by name. */
export function ChecksSection({ checks }: { checks: readonly Check[] }) {
  const failed = failedChecks(checks);
  const held = checks.filter((check) => check.ok);
  return (
    <section>
      <h2>Checks</h2>
      {failed.length > 0 && (
        <ul class="plain rows" aria-label="Missed">
          {failed.map(({ rule, detail }) => (
            <li>
              <p>
                <span class="state failed">missed</span> <strong>{ruleInWords(rule)}</strong>
              </p>
              {detail !== null && <p>{sentence(detail)}</p>}
            </li>
          ))}
        </ul>
      )}
      {held.length > 0 && (
        <p class="quiet">
          <span class="state done">{failed.length > 0 ? 'held' : 'all held'}</span>{' '}
          {held.map(({ rule }) => ruleInWords(rule).toLowerCase()).join(', ')}
        </p>
      )}
    </section>
  );
}

/** `imagePrompt.length` as "Image prompt length". */
export function ruleInWords(rule: string): string {
  const words = rule
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('.', ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const sentence = (detail: string): string => `${detail.charAt(0).toUpperCase()}${detail.slice(1)}.`;
