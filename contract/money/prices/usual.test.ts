import { describe, expect, it } from 'vitest';
import { styleValues } from '../../../activities/account-values.js';
import { fillPrompt, loadPrompt } from '../../../activities/prompts.js';
import { loadAccount } from '../../../config/accounts/load.js';
import { formatOf } from '../../formats/registry.js';
import { specialMessage, type Mix } from '../../mix.js';
import { draftUsage, inputTokens, planUsage, usualDraftOutput, usualPlanOutput } from './usual.js';

const account = await loadAccount('accounts', 'crumbandcrust');
const planner = 'sourdough';
const { covers, guidance } = account.planners[planner]!;
const common = { ...styleValues(account), planner, covers, again: '', revise: '' };

/** The tokens that the real prompt takes by the same rule of thumb. */
function tokensOf(name: string, values: Record<string, string>): number {
  const { instructions, input } = fillPrompt(loadPrompt(name), { ...common, ...values });
  return inputTokens(instructions.length + input.length);
}
const within = (expected: number, real: number): void => {
  expect(expected).toBeGreaterThan(real * 0.95);
  expect(expected).toBeLessThan(real * 1.05);
};

describe('what is expected comes within a twentieth of the real prompt', () => {
  it.each<[mix: Mix, titles: number, brief: string | null]>([
    [{ hero_text: 1 }, 0, null],
    [{ video: 4, hero_text: 16 }, 40, 'Autumn rye. '.repeat(100)],
  ])('of a plan of %j after %d titles', (mix, titles, brief) => {
    const names = Object.keys(mix);
    const taken = Array(titles).fill('- A crust that came out pale, and what the oven did to it');
    const real = tokensOf('plan', {
      guidance,
      formatNames: names.map((name) => `"${name}"`).join(', '),
      formats: names.map((name) => `- ${name}: ${formatOf(name).purpose}`).join('\n'),
      specialMessage: specialMessage(mix),
      takenTitles: taken.join('\n') || 'none',
      recentPosts: '',
      news: '',
      newsField: '',
      brief: brief === null ? '' : `The editor's brief for this batch:\n${brief}`,
    });
    within(planUsage({ account, planner, mix, brief, titles }).input, real);
  });

  it.each(['hero_text', 'video'])('of a draft as %s', (name) => {
    const title = 'Why your starter smells of nail varnish';
    const item = { topic: 't'.repeat(120), angle: 'a'.repeat(370), rationale: 'r'.repeat(350) };
    const rest = { newsPeg: 'none, an evergreen', button: 'b'.repeat(80), brief: '' };
    const real = tokensOf(`draft_${name}`, { title, ...item, ...rest });
    within(draftUsage({ account, planner, format: formatOf(name), brief: null }).input, real);
  });
});

it('expects more output of more items, and of an article than of a caption', () => {
  expect(usualPlanOutput(20)).toBe(20 * usualPlanOutput(1));
  expect(usualDraftOutput(formatOf('hero_text'))).toBeGreaterThan(usualDraftOutput(formatOf('video')));
});
