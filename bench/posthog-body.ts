import { randomUUID } from 'node:crypto';
import type { LoadRequest } from './http-load.ts';
import { SECRET } from './running-app.ts';

/** A page view as PostHog's webhook destination sends it, one of a kind. */
export function postHogRequest(index: number): LoadRequest {
  const uuid = randomUUID();
  const body = JSON.stringify({
    event: {
      ...{ uuid, event: '$pageview', distinct_id: `person-${index % 5_000}`, elements_chain: '' },
      properties: {
        $current_url: `https://shop.example/products/${index % 300}?ref=mail`,
        ...{ $browser: 'Chrome', $os: 'Mac OS X', $lib: 'web', $session_id: `s-${index % 9_000}`, plan: 'team' },
        $groups: { company: `company-${index % 200}` },
      },
      timestamp: new Date().toISOString(),
      url: `https://us.posthog.com/projects/1/events/${uuid}`,
    },
    person: {
      ...{ id: `person-${index % 5_000}`, name: `Person ${index % 5_000}` },
      properties: { email: `person${index % 5_000}@example.com` },
      url: `https://us.posthog.com/projects/1/persons/${index % 5_000}`,
    },
  });
  return { path: '/webhooks/posthog', headers: { 'x-seepass-secret': SECRET }, body };
}
