import type { JsonRecord } from '../json.ts';

/** What the workspace sends to the app. */
export interface Envelope {
  type: 'events_api' | 'interactive' | 'slash_commands';
  payload: JsonRecord;
  /** Slack's own limit before a person sees a failure. */
  retry?: { attempt: number; reason: string };
}

/** How the app answered. `body` is what it put into its acknowledgement. */
export type Acknowledgement =
  | { acknowledged: true; body: JsonRecord }
  | { acknowledged: false; reason: 'operation_timeout' | 'dispatch_failed' | 'http_error' };

/** A way to the app: Socket Mode or signed HTTP. Never throws. */
export interface Delivery {
  deliver(envelope: Envelope): Promise<Acknowledgement>;
  /** Resolves once the app can be reached; HTTP always can. */
  whenReady(): Promise<void>;
  stop(): Promise<void>;
}
