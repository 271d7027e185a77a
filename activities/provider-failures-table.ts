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

const RESUME = 'Nothing at first. If the post is blocked in the end: resume once the provider is well';

/** Calls to OpenAI and fal. The first row that matches wins. */
export const PROVIDER_FAILURES: readonly ProviderFailure[] = [
  {
    type: 'Provider.Unreachable',
    action: 'retry',
    matches: (error) => error.kind === 'unreachable',
    means: 'The connection was refused, or the host is not known: nothing was sent',
    does: 'Sends it again, with growing pauses',
    you: 'Look at the network, and at OPENAI_BASE_URL or FAL_BASE_URL if you set them; resume if the post is blocked',
  },
  {
    type: 'Provider.LostReply',
    action: 'lost',
    matches: (error) => error.kind === 'lost',
    means:
      'The call was sent and no answer came, or (a submit to fal) a 5xx: it may have been accepted and billed',
    does: 'A text: one `unknown` charge, then asked again, 3 times in all. A submit: not sent again, its job is looked for. What costs nothing is read again',
    you: 'Nothing, unless the post is blocked in the end',
  },
  {
    type: 'Provider.QuotaUsedUp',
    action: 'block',
    matches: (error) => QUOTA(error) || status(402)(error),
    means: 'The account has no credit left or has reached a spending limit, whatever the status',
    does: 'Blocks at once; nothing was paid; after 3 posts in a row the batch pauses itself',
    you: 'Top up or raise the limit at the provider; then `copydesk batch resume ID` resumes all that this blocked',
  },
  {
    type: 'Provider.ContentPolicy',
    action: 'block',
    matches: POLICY,
    means: "The provider's content checker refused the words or the picture",
    does: 'Blocks at once; what the provider billed for it is on the record',
    you: 'Revise the post in other words; resume asks for the same again',
  },
  {
    type: 'Provider.RateLimited',
    action: 'retry',
    matches: status(429),
    means: 'Too many calls for the moment (429)',
    does: 'Sends it again after the time that Retry-After names, at most 5 minutes, else with growing pauses',
    you: RESUME,
  },
  {
    type: 'Provider.Authentication',
    action: 'block',
    matches: status(401),
    means: 'The key is wrong or was withdrawn (401)',
    does: 'Blocks at once; a job that was already paid for is kept and collected later; after 3 posts in a row the batch pauses itself',
    you: 'Set the right key and start the worker again; then `copydesk batch resume ID` resumes all that this blocked',
  },
  {
    type: 'Provider.Forbidden',
    action: 'block',
    matches: status(403),
    means: 'The key may not do this, or the account is locked (403)',
    does: 'Blocks at once; a job that was already paid for is kept and collected later; after 3 posts in a row the batch pauses itself',
    you: "Have the key's rights or the account mended; then `copydesk batch resume ID` resumes all that this blocked",
  },
  {
    type: 'Provider.JobFailed',
    action: 'block',
    matches: jobFailed,
    means:
      'fal made nothing of the job: its input was refused (422, 499), its model gave up, or it ended with an error and has no result (5xx)',
    does: 'Asks for the result of a job that ended with an error for a minute; blocks. Never ordered again by itself, since it may be billed. What fal metered is on the record as `failed`',
    you: 'Read its words; revise, or resume: it looks for a result once more where one may come, then pays for another try',
  },
  {
    type: 'Provider.UnknownModel',
    action: 'block',
    matches: status(404),
    means: 'The provider does not know the model, the endpoint or the address (404)',
    does: 'Blocks at once',
    you: "Correct the account's `models` for the next batch; resume if the provider mended it",
  },
  {
    type: 'Provider.Busy',
    action: 'retry',
    matches: status(408, 409, 425),
    means: 'The provider was not ready for the call (408, 409)',
    does: 'Sends it again, with growing pauses',
    you: RESUME,
  },
  {
    type: 'Provider.ServerError',
    action: 'retry',
    matches: (error) => (error.status ?? 0) >= 500,
    means: 'The provider is in trouble (5xx): nothing was made',
    does: 'Sends it again after the time that Retry-After names, at most 5 minutes, else with growing pauses',
    you: RESUME,
  },
  {
    type: 'Provider.BadRequest',
    action: 'block',
    matches: () => true,
    means: 'The provider refused the call as it is (400, 413 and any other 4xx)',
    does: 'Blocks at once',
    you: 'Read its words. Revise the post or correct the account; a bug of ours otherwise',
  },
];

/** Everything else that can stop a step. Each is named where it happens. */
export const OTHER_FAILURES: readonly KnownFailure[] = [
  {
    type: 'Provider.UnknownOutcome',
    means:
      "A submit had no answer, and fal's history does not list its job: it may or may not have been paid for",
    does: 'Looks for the job for as long as the model may take and takes it over; not found, it puts an `unknown` charge on the record, blocks, and says since when and until when it looked',
    you: "Wait if fal's queue is long, or look at fal's dashboard; resume looks for the job once more before it pays for another",
  },
  {
    type: 'Provider.JobGone',
    means: "fal no longer knows a job that it had accepted, so its file can't be had",
    does: 'Asks for a minute, then blocks, with an `unknown` charge for what it may have cost',
    you: 'Resume pays for another',
  },
  {
    type: 'Output.NotUsable',
    means:
      "Answers were paid for and can't be used: refused, cut off, not the JSON asked for, off the mix, without a title, text or prompt, or lost. What only misses the house style is kept, with checks",
    does: 'Asks again with the reason, 3 paid tries in all; then blocks with every charge on the record',
    you: 'Read the reason. Resume for 3 more tries, or revise with other words; a plan: resume, or start a batch with another brief',
  },
  {
    type: 'Asset.Refused',
    means:
      'The file of a finished job never came, is no picture or clip (a web page, cut off, damaged), is too large or too slow, is at an address that is not public, claims more than it holds, or has ended the process that checked it twice',
    does: 'Fetches a file that may be late 6 times within half a minute, any other once; then blocks, with the charge as `failed`. Other posts go on',
    you: 'Resume fetches it again and pays nothing; revise the picture or the clip to pay for another',
  },
  {
    type: 'Archive.Unreachable',
    means: 'The archive does not answer, so no budget can be held against it',
    does: 'Waits and continues by itself; records are written late rather than never, and nothing is paid meanwhile',
    you: 'Bring the database back; if a post was blocked, resume',
  },
  {
    type: 'Budget.Exceeded',
    means:
      "The step's expected cost does not fit into the budget of the batch or of the account's month; an answer's not into `chat.dailyBudget`",
    does: 'Blocks before anything is paid, with both figures. A reader is told when to ask again',
    you: '`copydesk batch budget ID USD` and resume, or reject the post. For answers: raise `chat.dailyBudget`, or leave it until 00:00 UTC',
  },
  {
    type: 'Budget.Held',
    means: 'Calls that are under way hold what is left of a budget, which is nearly used up',
    does: 'Waits until they have told their real cost; nothing is sent meanwhile',
    you: 'Nothing',
  },
  {
    type: 'Worker.Stopping',
    means: 'A worker that stops left a call or a wait to another',
    does: 'Another worker takes it up; nothing was sent',
    you: 'See that a worker runs',
  },
  {
    type: 'Budget.NeedsConfirmation',
    means: "A single step is expected to cost more than the account's `confirmOver`",
    does: 'Blocks before anything is paid, with both figures',
    you: 'Resume to confirm that step, or reject the post',
  },
  {
    type: 'Activity.TimedOut',
    means: 'A step gave no sign for its time, or its tries took longer than they may in all',
    does: 'A step of a killed worker is taken up by another worker; when its time is used up the post is blocked',
    you: 'See that a worker runs, then resume: it continues from that step',
  },
  {
    type: 'Activity.Failed',
    means: 'A step failed in a way that has no name here, such as a full disk',
    does: 'Tries again within the bounds of the step; then blocks with the message',
    you: 'Mend what the message names, then resume; a bug of ours otherwise',
  },
  {
    type: 'Input.UnknownPlanner',
    means: 'The batch names a planner that its account lacks',
    does: 'Blocks the batch; nothing was paid',
    you: 'Cancel it and start one with a planner of the account',
  },
  {
    type: 'Input.UnknownTarget',
    means: 'A target of the account is not one that this worker can publish to',
    does: 'That target fails; what was published elsewhere stays published once',
    you: 'Run a worker that has the target, then resume',
  },
  {
    type: 'Target.LostAnswer',
    means:
      'A target was asked to publish and no answer came, or its worker was killed meanwhile: the post may be there',
    does: 'Looks for it there before anything is written again, and takes it over; a target that keeps the same edition once is asked again as it is. For a week, with growing pauses; then that target waits for a person',
    you: 'Nothing at first. If the target failed in the end: resume looks once more',
  },
  {
    type: 'Target.UnknownOutcome',
    means: "An answer of a target was lost, and it can't be known whether the post is there",
    does: 'Writes nothing more there; the other targets go on. Says what it could not know',
    you: 'Look there. Resume looks once more, and publishes where the post still can not be found',
  },
  {
    type: 'Target.SignIn',
    means:
      'The target does not take the credentials: a variable is missing, or what it holds was withdrawn, is wrong or may not post',
    does: 'That target fails at once; nothing was written there',
    you: 'Put a valid one into the environment of the workers that publish, start them again, then resume',
  },
  {
    type: 'Target.RateLimit',
    means: 'The target asks for patience: 429, or a limit of its own',
    does: 'Waits for as long as it asks, and tries again',
    you: 'Nothing',
  },
  {
    type: 'Target.Away',
    means: 'The target could not be reached, so nothing was written',
    does: 'Tries again, with growing pauses, for a week',
    you: 'Nothing at first; after a week, see why it is away, then resume',
  },
  {
    type: 'Target.NoAnswer',
    means: 'The target was reached and its answer was lost: the post may be there',
    does: 'Looks for it there, or repeats the same edition where the target keeps it once',
    you: 'Nothing',
  },
  {
    type: 'Target.Server',
    means: 'The target answered with a fault of its own (5xx)',
    does: 'Tries again; where it may have written, looks for the post before',
    you: 'Nothing',
  },
  {
    type: 'Target.Address',
    means: 'The address of the account file is wrong, not public, or is no such server',
    does: 'That target fails at once; nothing was written there',
    you: 'Correct the account file for the batches to come; `COPYDESK_ALLOW_PRIVATE=1` allows an address within your own network',
  },
  {
    type: 'Target.Refused',
    means: 'The target does not take the post, for the reason that it gives',
    does: 'That target fails at once; nothing was written there',
    you: 'Mend what it names, by an edit before the next post or at the target, then resume',
  },
  {
    type: 'Target.TooLong',
    means: 'The text is longer than the target takes',
    does: 'That target fails at once; nothing was written there',
    you: 'Nothing can be changed once other targets have the post; else edit the text for that target',
  },
  {
    type: 'Target.TooLarge',
    means: 'A picture or clip is larger than the target takes, also after it was made smaller',
    does: 'That target fails at once; nothing was written there',
    you: 'Take a smaller clip, or leave the target out',
  },
  {
    type: 'Target.Processing',
    means: 'The target has the file and is not done with it',
    does: 'Asks again until it is ready',
    you: 'Nothing',
  },
  {
    type: 'Target.GivenUp',
    means:
      'An attempt was given up before it had written: its post or its worker ended, or Temporal lost sight of it',
    does: 'Tries again, where the post goes on',
    you: 'Nothing',
  },
  {
    type: 'Target.Clip',
    means: 'The target could not use the clip, or is still making it ready',
    does: 'Waits where it still works on it; else that target fails',
    you: 'Read its words; resume tries once more',
  },
  {
    type: 'Target.NoFile',
    means: 'A picture or clip of the post is not among the assets, or can not be read',
    does: 'Tries again where it can not be read; fails that target where it is gone',
    you: 'Restore the file from a backup, then resume',
  },
  {
    type: 'Target.CannotLook',
    means:
      'Whether the post is there can not be found out: the target shows no list of it, or too long a one',
    does: 'Says so, and writes nothing more there',
    you: 'Look there. Resume publishes where it is not',
  },
  {
    type: 'Post.Cancelled',
    means: 'The post was cancelled while a paid call was about to be sent',
    does: 'Sends nothing, and gives back what was held for it',
    you: 'Nothing',
  },
  {
    type: 'Post.Ended',
    means: "The post's workflow was terminated or is gone, and sent no word",
    does: 'Its batch, which looks once a day, counts it as failed and continues without it',
    you: 'Start another batch for what is missing',
  },
  {
    type: 'Post.StillRunning',
    means:
      'A post was unpublished while its workflow still had something to write, or to do at one of its targets',
    does: 'Tells it to leave that, waits for its last record, and then takes the post back',
    you: 'Nothing',
  },
  {
    type: 'Webhook.Refused',
    means: 'The address of a webhook is not public, or none at all',
    does: 'Sends nothing there; the log of deliveries says why, and the post goes on all the same',
    you: 'Correct the account; `COPYDESK_ALLOW_PRIVATE=1` allows one within your network. Then send the delivery again',
  },
  {
    type: 'Webhook.NotTaken',
    means:
      'A receiver answered with something else than 200 to 299, not within 20 seconds, or not at all; or its secret is missing or none',
    does: 'Tries it again for a day, with pauses from 5 seconds to an hour, under the same `webhook-id`; the post goes on all the same',
    you: 'Look at the receiver and at what the log of deliveries says; after a day, send the delivery again',
  },
  {
    type: 'Webhook.Unknown',
    means: 'A delivery is not on the log: it never was, or is older than 30 days',
    does: 'Sends nothing',
    you: 'Nothing',
  },
  {
    type: 'Chat.Off',
    means: 'The account has no `chat`, it is not `enabled`, or its file is gone or can not be read',
    does: 'Answers no question; nothing is paid',
    you: 'Add `chat:` to its file; `copydesk accounts check` says what can not be read',
  },
  {
    type: 'Chat.Deleted',
    means: 'The conversation was deleted, or never was',
    does: 'Answers nothing there, and keeps nothing of the question',
    you: 'Begin another one',
  },
  {
    type: 'Chat.Busy',
    means: 'So many ask in one conversation that its workflow never comes to rest, and its history is full',
    does: 'Takes no more questions there until those under way are answered; the client sends them again',
    you: 'Nothing',
  },
  {
    type: 'Chat.BadQuestion',
    means: 'A question is empty, longer than 2,000 characters, or not of the shape that the workflow reads',
    does: 'Refuses it with the reason; the conversation goes on',
    you: 'Ask in fewer words',
  },
];
