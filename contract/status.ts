/** The two status documents, as the query `status` and the API answer them. Times are ISO 8601 with zone. */
import type { Check } from './checks.js';
import type { BatchState, DecisionKind, Gate, PostState, Step, StepState } from './states.js';
import type { Mix } from './mix.js';

/** What the drafter gets. */
export interface Plan {
  readonly topic: string;
  readonly angle: string;
  /** Why this account, news peg or evergreen, why this format, how it freshens the batch. */
  readonly rationale: string;
  readonly newsPeg: string | null;
  /** Where the news item stands that the peg names; null for evergreens, and left out by plans of before news. */
  readonly newsUrl?: string | null;
  /** The closing line that the piece lands on. */
  readonly button: string;
}

export interface PipelineRow {
  readonly step: Step;
  readonly label: string;
  /** Of a publish row: the target's name. */
  readonly target?: string;
  readonly state: StepState;
  readonly provider: string | null;
  readonly model: string | null;
  readonly asset: string | null;
  /** US dollars, of every known charge of the step, refused and redone work included. */
  readonly costUsd: number;
  /** The provider's own time where it tells, else the wall time of its calls. */
  readonly apiSeconds: number | null;
  readonly attempts: number;
  readonly at: string | null;
  readonly note?: string;
  /** A stand-in made it: a sample, which nobody paid for. */
  readonly offline?: true;
}

/** A decision that reached a post, whether it counted or was dropped; `note` says why it was dropped. */
export interface ReviewEntry {
  readonly decision: DecisionKind;
  readonly by: string;
  readonly revision: number;
  readonly gate: Gate | null;
  readonly note: string | null;
  readonly at: string;
  readonly counted: boolean;
}

export interface Publication {
  readonly target: string;
  readonly url: string;
  readonly at: string;
  /** When the target was rid of it after the post was unpublished; null while it is there. */
  readonly removedAt: string | null;
}

/** What goes out at a target that takes no whole post, as it is fitted now or as a person wrote it. */
export interface TargetText {
  readonly target: string;
  readonly text: string;
  /** Whether a person wrote it for this target alone. */
  readonly own: boolean;
  /** What had no room, in part or as a whole. */
  readonly left: readonly string[];
}

/** Why a post or batch is blocked or failed: a dotted type, the provider's words, its request id. */
export interface StatusError {
  readonly type: string;
  readonly message: string;
  readonly requestId: string | null;
}

export interface PostStatus {
  readonly id: string;
  readonly account: string;
  readonly batchId: string;
  readonly planner: string;
  readonly contentFormat: string;
  readonly offline: boolean;
  readonly status: PostState;
  readonly gate: Gate | null;
  readonly revision: number;
  readonly title: string;
  readonly plan: Plan;
  readonly specialMessage: string;
  readonly brief: string | null;
  /** Why a person wanted something told again in the batch; left out where nobody did. */
  readonly repeat?: string;
  readonly body: string | null;
  readonly caption: string;
  /** Without `#`. */
  readonly hashtags: readonly string[];
  readonly altText: string;
  readonly pipeline: readonly PipelineRow[];
  readonly costUsd: number;
  readonly unknownUsd: number;
  /** What the media provider billed so far, once `costs reconcile` has asked it. The archive knows it, a workflow never. */
  readonly billedUsd?: number;
  /** The house style held against the draft as it is now, and what the plan missed; of a plan alone only misses. */
  readonly checks: readonly Check[];
  readonly review: readonly ReviewEntry[];
  readonly publications: readonly Publication[];
  /** What each target with a text of its own gets; left out where there is none. */
  readonly texts?: readonly TargetText[];
  readonly slot: string | null;
  readonly createdAt: string;
  readonly publishedAt: string | null;
  readonly error: StatusError | null;
}

/** A post as its batch knows it, from what the post last said. */
export interface BatchPost {
  readonly id: string;
  readonly title: string;
  readonly contentFormat: string;
  readonly status: PostState;
  readonly gate: Gate | null;
  readonly revision: number;
  readonly costUsd: number;
  readonly step: Step | null;
  readonly error: StatusError | null;
}

export interface BatchStatus {
  readonly id: string;
  readonly account: string;
  readonly planner: string;
  readonly mix: Mix;
  readonly specialMessage: string;
  readonly brief: string | null;
  /** Why a person wanted something told again in the batch; left out where nobody did. */
  readonly repeat?: string;
  readonly offline: boolean;
  readonly status: BatchState;
  readonly budgetUsd: number;
  readonly costUsd: number;
  readonly unknownUsd: number;
  readonly counts: Readonly<Partial<Record<PostState, number>>>;
  /** The plan rows, one a page. */
  readonly pipeline: readonly PipelineRow[];
  readonly posts: readonly BatchPost[];
  readonly createdAt: string;
  readonly error: StatusError | null;
}
