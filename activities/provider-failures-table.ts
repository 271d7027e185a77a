import type { ProviderError } from '../services/provider-error.js';

/**
 * What a failed call of a provider leads to: `retry`, nothing was made and it is sent again after the provider's own delay;
 * `lost`, it may have been made and billed, so its caller decides; `block`, only a person can mend it.
 */
export type FailureAction = 'retry' | 'lost' | 'block';

/** A way in which a step can fail, and what follows. The words are for people: `docs/failures.md` is held against them. */
export interface KnownFailure {
  /** As a post's `error.type` and Temporal's histories name it. */
  readonly type: string;
  readonly means: string;
  /** What Copydesk does by itself. */
  readonly does: string;
  /** What is left to a person. */
  readonly you: string;
}

/** A failure of a call to a provider, told by its answer. */
export interface ProviderFailure extends KnownFailure {
  readonly action: FailureAction;
  readonly matches: (error: ProviderError) => boolean;
}

const status =
  (...codes: number[]) =>
  (error: ProviderError): boolean =>
    codes.includes(error.status ?? 0);

const code =
  (...codes: string[]) =>
  (error: ProviderError): boolean =>
    codes.includes(error.code ?? '');

/** Of OpenAI (guides/error-codes), with any status; `exhausted_balance` is our name for fal's "User is locked". */
const QUOTA = code(
  'insufficient_quota',
  'credit_balance_exhausted',
  'organization_spend_limit_exceeded',
  'organization_usage_limit_exceeded',
  'project_spend_limit_exceeded',
  'billing_hard_limit_reached',
  'billing_not_active',
  'exhausted_balance',
);
const POLICY = code('content_policy_violation', 'moderation_blocked', 'content_filter', 'invalid_prompt');

/** What fal answers for a job that ended without output (fal's docs, "Errors"); 499 is a cancelled one. */
const jobFailed = (error: ProviderError): boolean =>
  error.provider === 'fal' && (status(422, 499)(error) || error.code === 'downstream_service_error');

const RESUME = 'Nothing; resume if it is blocked in the end';

/** Calls to OpenAI and fal. The first row that matches wins. */
export const PROVIDER_FAILURES: readonly ProviderFailure[] = [
  {
    type: 'Provider.Unreachable',
    action: 'retry',
    matches: (error) => error.kind === 'unreachable',
    means: 'The connection was refused or the host is unknown: nothing was sent',
    does: 'Sends it again, with growing pauses',
    you: 'Check the network, and OPENAI_BASE_URL or FAL_BASE_URL; resume if the post is blocked',
  },
  {
    type: 'Provider.LostReply',
    action: 'lost',
    matches: (error) => error.kind === 'lost',
    means: 'No answer came, or (a submit to fal) a 5xx: it may be accepted and billed',
    does: 'A text: one `unknown` charge, then asked again, 3 times in all. A submit: not sent again, its job is looked for. What is free is read again',
    you: 'Nothing, unless the post is blocked',
  },
  {
    type: 'Provider.QuotaUsedUp',
    action: 'block',
    matches: (error) => QUOTA(error) || status(402)(error),
    means: 'No credit left, or a spending limit reached',
    does: 'Blocks, nothing paid',
    you: 'Top up or raise the limit; `copydesk batch resume ID`',
  },
  {
    type: 'Provider.ContentPolicy',
    action: 'block',
    matches: POLICY,
    means: "The provider's content checker refused the words or the picture",
    does: 'Blocks; what was billed is on the record',
    you: 'Revise in other words; resume asks for the same again',
  },
  {
    type: 'Provider.RateLimited',
    action: 'retry',
    matches: status(429),
    means: 'Too many calls (429)',
    does: 'Sends it again after Retry-After, at most 5 minutes, or growing pauses',
    you: RESUME,
  },
  {
    type: 'Provider.Authentication',
    action: 'block',
    matches: status(401),
    means: 'The key is wrong or was withdrawn (401)',
    does: 'Blocks; a job already paid for is collected later',
    you: 'Set the right key, restart the worker; `copydesk batch resume ID`',
  },
  {
    type: 'Provider.Forbidden',
    action: 'block',
    matches: status(403),
    means: 'The key may not do this, or the account is locked (403)',
    does: 'Blocks; a job already paid for is collected later',
    you: 'Mend the rights or the account; `copydesk batch resume ID`',
  },
  {
    type: 'Provider.JobFailed',
    action: 'block',
    matches: jobFailed,
    means:
      'fal made nothing: the input was refused (422, 499), the model gave up, or the job ended with an error and no result (5xx)',
    does: 'Asks for a result for a minute, then blocks. Never ordered again by itself. What fal metered is on the record as `failed`',
    you: 'Read its words; revise, or resume: it looks for a result once more, then pays for another try',
  },
  {
    type: 'Provider.UnknownModel',
    action: 'block',
    matches: status(404),
    means: 'The provider does not know the model, endpoint or address (404)',
    does: 'Blocks',
    you: "Correct the account's `models` for the next batch; resume if the provider mended it",
  },
  {
    type: 'Provider.Busy',
    action: 'retry',
    matches: status(408, 409, 425),
    means: 'The provider was not ready (408, 409, 425)',
    does: 'Sends it again, with growing pauses',
    you: RESUME,
  },
  {
    type: 'Provider.ServerError',
    action: 'retry',
    matches: (error) => (error.status ?? 0) >= 500,
    means: 'The provider is in trouble (5xx): nothing was made',
    does: 'Sends it again after Retry-After, at most 5 minutes, or growing pauses',
    you: RESUME,
  },
  {
    type: 'Provider.BadRequest',
    action: 'block',
    matches: () => true,
    means: 'The provider refused the call as it is (400, 413, any other 4xx)',
    does: 'Blocks',
    you: 'Read its words. Revise the post or correct the account; else a bug of ours',
  },
];

/** Everything else that can stop a step. Each is named where it happens. */
export const OTHER_FAILURES: readonly KnownFailure[] = [
  {
    type: 'Provider.UnknownOutcome',
    means: "A submit had no answer, and fal's history does not list its job: it may have been paid for",
    does: 'Looks for the job as long as the model may take. Not found: an `unknown` charge, blocks, says when it looked',
    you: "Wait if fal's queue is long, or look at fal's dashboard; resume looks once more, then pays for another",
  },
  {
    type: 'Provider.JobGone',
    means: 'fal no longer knows a job that it accepted',
    does: 'Asks for a minute, then blocks with an `unknown` charge',
    you: 'Resume pays for another',
  },
  {
    type: 'Output.NotUsable',
    means:
      "Paid answers can't be used: refused, cut off, not JSON, off the mix, without a title, text or prompt, or lost",
    does: 'Asks again with the reason, 3 paid tries in all; then blocks, every charge on the record',
    you: 'Resume for 3 more tries, or revise; a plan: resume, or another batch with another brief',
  },
  {
    type: 'Asset.Refused',
    means:
      "A finished job's file never came, is no picture or clip, is damaged, too large, too slow, at an address that is not public, or ended the process that checked it twice",
    does: 'Fetches a late file 6 times; then blocks, with the charge as `failed`',
    you: 'Resume fetches it again and pays nothing; revise to pay for another',
  },
  {
    type: 'Archive.Unreachable',
    means: 'The archive does not answer, so no budget can be held',
    does: 'Waits, pays nothing, writes records late',
    you: 'Bring the database back; resume if the post is blocked',
  },
  {
    type: 'Budget.Exceeded',
    means:
      "The expected cost does not fit the budget of the batch or the month; an answer's not `chat.dailyBudget`",
    does: 'Blocks before anything is paid, with both figures. A reader is told when to ask again',
    you: '`copydesk batch budget ID USD` and resume, or reject. For answers: raise `chat.dailyBudget`, or wait until 00:00 UTC',
  },
  {
    type: 'Budget.Held',
    means: 'Calls under way hold what is left of a budget',
    does: 'Waits for their real cost; nothing is sent meanwhile',
    you: 'Nothing',
  },
  {
    type: 'Worker.Stopping',
    means: 'A worker that stops left a call or a wait',
    does: 'Another worker takes it up; nothing was sent',
    you: 'See that a worker runs',
  },
  {
    type: 'Budget.NeedsConfirmation',
    means: 'A step is expected to cost more than `confirmOver`',
    does: 'Blocks before anything is paid, with both figures',
    you: 'Resume to confirm that step, or reject',
  },
  {
    type: 'Activity.TimedOut',
    means: 'A step gave no sign for its time, or its tries took too long in all',
    does: 'Another worker takes it up; in the end the post is blocked',
    you: 'See that a worker runs, then resume: it continues from that step',
  },
  {
    type: 'Activity.Failed',
    means: 'A step failed in a way that has no name here, such as a full disk',
    does: "Tries again within the step's bounds; then blocks with the message",
    you: 'Mend what the message names, then resume; else a bug of ours',
  },
  {
    type: 'Input.UnknownPlanner',
    means: 'The batch names a planner that its account lacks',
    does: 'Blocks the batch; nothing was paid',
    you: 'Cancel it; start one with a planner of the account',
  },
  {
    type: 'Input.UnknownTarget',
    means: "This worker can't publish to a target of the account",
    does: 'That target fails; other targets keep the post',
    you: 'Run a worker that has the target, then resume',
  },
  {
    type: 'Target.LostAnswer',
    means:
      'A target was asked to publish and no answer came, or the worker was killed: the post may be there',
    does: 'Looks for it before it writes again; a target that keeps an edition once is asked again. For a week, with growing pauses',
    you: 'Nothing; if the target failed in the end, resume looks once more',
  },
  {
    type: 'Target.UnknownOutcome',
    means: "It can't be known whether the post is at the target",
    does: 'Writes nothing more there; other targets continue',
    you: "Look there. Resume looks once more, and publishes if the post still can't be found",
  },
  {
    type: 'Target.SignIn',
    means: 'The credentials are missing, wrong, withdrawn or may not post',
    does: 'That target fails',
    you: 'Give valid ones to the workers that publish, restart them, then resume',
  },
  {
    type: 'Target.RateLimit',
    means: 'The target asks for patience: 429, or a limit of its own',
    does: 'Waits as long as it asks',
    you: 'Nothing',
  },
  {
    type: 'Target.Away',
    means: 'The target could not be reached; nothing was written',
    does: 'Tries again for a week, with growing pauses',
    you: 'Nothing; after a week see why it is away, then resume',
  },
  {
    type: 'Target.NoAnswer',
    means: 'The target was reached and its answer was lost: the post may be there',
    does: 'Looks for it, or repeats the edition where the target keeps it once',
    you: 'Nothing',
  },
  {
    type: 'Target.Server',
    means: 'The target had a fault of its own (5xx)',
    does: 'Tries again; where it may have written, looks first',
    you: 'Nothing',
  },
  {
    type: 'Target.Address',
    means: 'The address in the account file is wrong, not public, or no such server',
    does: 'That target fails',
    you: 'Correct the file for later batches, or `COPYDESK_ALLOW_PRIVATE=1`',
  },
  {
    type: 'Target.Refused',
    means: 'The target does not take the post, for the reason it gives',
    does: 'That target fails',
    you: 'Mend what it names, then resume',
  },
  {
    type: 'Target.TooLong',
    means: 'The text is longer than the target takes',
    does: 'That target fails',
    you: 'Edit the text for that target, unless other targets already have the post',
  },
  {
    type: 'Target.TooLarge',
    means: 'A picture, even made smaller, or a clip is too large for the target',
    does: 'That target fails',
    you: 'Take a smaller clip, or leave the target out',
  },
  {
    type: 'Target.Processing',
    means: 'The target is still working on the file',
    does: 'Asks again until it is ready',
    you: 'Nothing',
  },
  {
    type: 'Target.GivenUp',
    means: 'An attempt was given up before it wrote: its post or worker ended, or Temporal lost sight of it',
    does: 'Tries again, if the post continues',
    you: 'Nothing',
  },
  {
    type: 'Target.Clip',
    means: 'The target could not use the clip, or is still making it ready',
    does: 'Waits while it is worked on; else that target fails',
    you: 'Read its words; resume tries once more',
  },
  {
    type: 'Target.NoFile',
    means: "A picture or clip is missing from the assets or can't be read",
    does: "Tries again if it can't be read; fails that target if it is gone",
    you: 'Restore the file from a backup, then resume',
  },
  {
    type: 'Target.CannotLook',
    means: 'The target shows no list of its posts, or one too long to search',
    does: 'Says so, and writes nothing more there',
    you: 'Look there. Resume publishes if it is not there',
  },
  {
    type: 'Post.Cancelled',
    means: 'The post was cancelled just before a paid call',
    does: 'Sends nothing, frees the budget it held',
    you: 'Nothing',
  },
  {
    type: 'Post.Ended',
    means: "The post's workflow was terminated or is gone",
    does: 'Its batch looks once a day, counts it as failed and continues',
    you: 'Start another batch for what is missing',
  },
  {
    type: 'Post.StillRunning',
    means: 'A post was unpublished while its workflow still had work to do',
    does: 'Tells it to stop, waits for its last record, then takes the post back',
    you: 'Nothing',
  },
  {
    type: 'Webhook.Refused',
    means: "A webhook's address is not public, or no address",
    does: 'Sends nothing; the log of deliveries says why',
    you: 'Correct the account, or `COPYDESK_ALLOW_PRIVATE=1`. Send the delivery again',
  },
  {
    type: 'Webhook.NotTaken',
    means: 'A receiver did not answer 200 to 299 within 20 seconds; or the secret is missing or invalid',
    does: 'Tries for a day, every 5 seconds to an hour, under the same `webhook-id`',
    you: 'See the receiver and the log of deliveries; after a day, send the delivery again',
  },
  {
    type: 'Webhook.Unknown',
    means: 'A delivery is not on the log: it never was, or is older than 30 days',
    does: 'Sends nothing',
    you: 'Nothing',
  },
  {
    type: 'Chat.Off',
    means: "The account has no `chat`, it is not `enabled`, or its file can't be read",
    does: 'Answers nothing; nothing is paid',
    you: 'Add `chat:` to its file; see `copydesk accounts check`',
  },
  {
    type: 'Chat.Deleted',
    means: 'The conversation was deleted, or never existed',
    does: 'Answers nothing, keeps nothing of the question',
    you: 'Begin another one',
  },
  {
    type: 'Chat.Busy',
    means: 'So many ask in one conversation that its history is full',
    does: 'Takes questions again when those under way are answered',
    you: 'Nothing',
  },
  {
    type: 'Chat.BadQuestion',
    means: 'A question is empty, over 2,000 characters, or malformed',
    does: 'Refuses it with the reason; the conversation continues',
    you: 'Ask in fewer words',
  },
];
