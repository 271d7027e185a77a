/** What `costs reconcile` asks the workflow `reconcile`, and what it answers. Money is US dollars, exact to the nano-dollar. */

export const RECONCILE_WORKFLOW = 'reconcile';
export const reconcileWorkflowId = (id: string): string => `reconcile/${id}`;

/** Posts that one answer lists; its total counts all of them. */
export const MOST_POSTS_LISTED = 500;

export interface ReconcileInput {
  /** Only charges of this time and later, ISO 8601. */
  readonly since?: string;
  readonly account?: string;
}

/** How far a running comparison has come, as its activity's heartbeat tells. */
export interface ReconcileProgress {
  /** Charges that the provider was asked about. */
  readonly asked: number;
  readonly charges: number;
}

export interface ReconciledSums {
  /** Calls of the provider that have its request id. */
  readonly charges: number;
  /** What the posts cost in all, as the status and the archive have it: text included, estimates left out. */
  readonly costUsd: number;
  /** The estimates beside it. */
  readonly unknownUsd: number;
  /** The part of `costUsd` that `charges` sum to: what the provider should have billed. */
  readonly providerUsd: number;
  /** What it billed for them so far, discounts and corrections included; null where no bill is known. */
  readonly billedUsd: number | null;
  /** What was billed beyond `providerUsd` for the charges that have a bill; an estimate counts as 0 there. Null as above. */
  readonly differenceUsd: number | null;
  /** How many of the charges have no bill yet. */
  readonly unbilled: number;
}

export interface ReconciledPost extends ReconciledSums {
  readonly id: string;
  readonly account: string;
}

export interface Reconciliation {
  readonly provider: string;
  /** The provider is a stand-in: nobody's money. */
  readonly offline: boolean;
  /** Those with a difference, the largest first; those with unbilled charges, the oldest first; the others, newest first. */
  readonly posts: readonly ReconciledPost[];
  readonly total: ReconciledSums & {
    readonly posts: number;
    /** Posts that were billed other than counted. */
    readonly differing: number;
  };
  /** What could not be compared, a sentence each. */
  readonly notSeen: readonly string[];
  /** ISO 8601. */
  readonly checkedAt: string;
}
