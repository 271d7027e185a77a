/** What came of a batch, in words: each post with its checks, its tries and what they cost. */
export function reportOn({ mode, batch, posts, seconds }) {
  const rows = (pipeline) =>
    pipeline
      .filter(({ attempts }) => attempts > 0)
      .map(
        ({ step, state, attempts, costUsd, apiSeconds, provider, model, note }) =>
          `    ${step}: ${state}, ${attempts} tries, $${costUsd}, ${apiSeconds ?? '?'} s, ${provider} ${model}; ${note ?? ''}`,
      );
  const lines = [
    `== ${mode}: ${batch.status}, ${JSON.stringify(batch.counts)}, ${Math.round(seconds)} s`,
    `  cost $${batch.costUsd} (unknown $${batch.unknownUsd}), error ${JSON.stringify(batch.error)}`,
    ...rows(batch.pipeline),
    ...posts.flatMap((post) => [
      `  ${post.id} ${post.status}: "${post.title}"`,
      `    button: ${post.plan.button}`,
      `    body: ${JSON.stringify(post.body)}`,
      `    caption: ${JSON.stringify(post.caption)} ${post.hashtags.map((tag) => `#${tag}`).join(' ')}`,
      ...post.checks.filter(({ ok }) => !ok).map(({ rule, detail }) => `    misses ${rule}: ${detail}`),
      ...(post.error ? [`    ${post.error.type}: ${post.error.message}`] : []),
      ...rows(post.pipeline),
    ]),
  ];
  return `${lines.join('\n')}\n`;
}
