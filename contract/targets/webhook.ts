import type { TargetKind } from './target.js';

/** A program elsewhere, which gets the whole post and publishes it as it likes. */
export const webhookKind: TargetKind = {
  kind: 'webhook',
  settings: {
    url: { form: 'address', meaning: 'where posts are sent' },
    secret: { form: 'variable', meaning: 'the environment variable that holds the secret that signs them' },
  },
  fit: null,
  refuses: () => 'a webhook gets the whole post, and has no text of its own',
};
