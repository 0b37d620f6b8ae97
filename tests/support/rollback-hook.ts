import type { Webhook } from '../../src/core/webhook-config.ts';

/** As a workspace declares it. */
export const rollbackHook: Webhook = {
  id: 'rollback',
  title: 'Roll back {release}',
  does: 'deploy.rollback',
  url: 'https://deploy.example/rollback?tenant=shop',
  status_url: 'https://deploy.example/rollback/status',
  risk: 'medium',
  undo: 'rollforward',
  parameters: {
    release: { type: 'text', longest: 100 },
    service: { type: 'choice', of: ['web', 'api'] },
    replicas: { type: 'number', from: 1, to: 20, default: 2 },
  },
};
