import type { JsonRecord } from '../json.ts';

/** What the workspace sends to the app. */
export interface Envelope {
  type: 'events_api' | 'interactive' | 'slash_commands';
  payload: JsonRecord;
  /** Slack's own limit before a person sees a failure. */
  retry?: { attempt: number; reason: string };
}

/** In Slack's words: too late, never reached, or answered with an HTTP error. */
export type DeliveryFault = 'operation_timeout' | 'dispatch_failed' | 'http_client_error' | 'http_service_error';

/** How the app answered. `isFinal` where it asked not to be tried again. `body` is what it put into its acknowledgement. */
export type Acknowledgement =
  | { acknowledged: true; body: JsonRecord }
  | { acknowledged: false; reason: DeliveryFault; isFinal?: boolean };

/** A way to the app: Socket Mode or signed HTTP. Never throws. */
export interface Delivery {
  deliver(envelope: Envelope): Promise<Acknowledgement>;
  /** Whether the app answers Slack's `url_verification`; Socket Mode has no URL to verify. */
  verify(): Promise<boolean>;
  /** Resolves once the app can be reached; HTTP always can. */
  whenReady(): Promise<void>;
  stop(): Promise<void>;
}
