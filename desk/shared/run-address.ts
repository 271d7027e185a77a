/** The Temporal UI that shows our workflows. */
export interface TemporalUi {
  /** Without a slash at the end. */
  readonly url: string;
  readonly namespace: string;
}

/** The page of a workflow's newest run in the Temporal UI. */
export const runAddress = ({ url, namespace }: TemporalUi, workflowId: string): string =>
  `${url}/namespaces/${encodeURIComponent(namespace)}/workflows/${encodeURIComponent(workflowId)}`;
