/** Faults on demand. Tests ask for one; the next calls or deliveries show it. */

export type CallFault =
  | { kind: 'rate_limit'; retryAfterSeconds: number }
  | { kind: 'refuse'; error: string }
  | { kind: 'fail' }
  | { kind: 'fail_after_accepting' }
  | { kind: 'drop_response' }
  | { kind: 'slow'; ms: number };

/** What is left out stays as it is. */
export interface ChannelChange {
  /** Without the leading #. */
  name?: string;
  isShared?: boolean;
  isArchived?: boolean;
}

interface Planned {
  method: string;
  fault: CallFault;
  left: number;
}

/** What the server asks; tests use {@link Control}. */
export class FaultPlan {
  readonly #calls: Planned[] = [];
  #duplicates = 0;
  #isRevoked = false;
  #held: (() => void)[] | undefined;

  /** The fault the next call of a method must show, if any. `*` matches every method. */
  takeCallFault(method: string): CallFault | undefined {
    const at = this.#calls.findIndex((one) => one.left > 0 && (one.method === method || one.method === '*'));
    const planned = this.#calls[at];
    if (planned === undefined) return undefined;
    planned.left -= 1;
    if (planned.left === 0) this.#calls.splice(at, 1);
    return planned.fault;
  }

  takeDuplicate(): boolean {
    if (this.#duplicates === 0) return false;
    this.#duplicates -= 1;
    return true;
  }

  get isTokenRevoked(): boolean {
    return this.#isRevoked;
  }

  plan(method: string, fault: CallFault, calls: number): void {
    this.#calls.push({ method, fault, left: calls });
  }

  duplicate(deliveries: number): void {
    this.#duplicates += deliveries;
  }

  setRevoked(isRevoked: boolean): void {
    this.#isRevoked = isRevoked;
  }

  /** Resolves at once, or when held deliveries are let go. */
  passGate(): Promise<void> {
    const held = this.#held;
    return held === undefined ? Promise.resolve() : new Promise((resolve) => held.push(resolve));
  }

  hold(): void {
    this.#held ??= [];
  }

  release(order: 'in_order' | 'reversed'): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const go of order === 'reversed' ? held.reverse() : held) go();
  }

  clear(): void {
    this.#calls.length = 0;
    this.#duplicates = 0;
    this.#isRevoked = false;
    this.release('in_order');
  }
}

export interface Control {
  /** The next `calls` calls of a method (`*` = any) get 429 with Retry-After. */
  rateLimit(method: string, options?: { calls?: number; retryAfterSeconds?: number }): void;
  /** The next calls are refused with a Slack error code. */
  refuse(method: string, error: string, options?: { calls?: number }): void;
  /** The call answers 500 and takes no effect. */
  fail(method: string, options?: { calls?: number }): void;
  /** The call takes effect, then answers 500. */
  failAfterAccepting(method: string, options?: { calls?: number }): void;
  /** The call takes effect, then the connection drops without an answer. */
  dropResponse(method: string, options?: { calls?: number }): void;
  /** The answer comes late. */
  slowResponse(method: string, ms: number, options?: { calls?: number }): void;
  /** The next events are delivered twice, the second marked as a retry. */
  duplicateDeliveries(count?: number): void;
  /** Keeps events back until they are let go, in order or last first. */
  holdEvents(): void;
  releaseEvents(order?: 'in_order' | 'reversed'): void;
  /** Ends the socket; with a warning (Slack's refresh) or without one. */
  disconnectSocket(options?: { warn?: boolean }): void;
  /** Asks the app's URL the `url_verification` question; true where it answers it, or has no URL. */
  verifyUrl(): Promise<boolean>;
  /** Shares a channel with another company, renames or archives it, or takes that back; the app hears of it. */
  changeChannel(name: string, change: ChannelChange): void;
  revokeToken(): void;
  restoreToken(): void;
  /** Takes every planned fault back. */
  clear(): void;
}

/** The control tests hold. `reach` goes to the app and the workspace. */
export function createControl(
  plan: FaultPlan,
  reach: {
    disconnect(warn: boolean): void;
    verifyUrl(): Promise<boolean>;
    changeChannel: Control['changeChannel'];
  },
): Control {
  return {
    rateLimit: (method, { calls = 1, retryAfterSeconds = 1 } = {}) =>
      plan.plan(method, { kind: 'rate_limit', retryAfterSeconds }, calls),
    refuse: (method, error, { calls = 1 } = {}) => plan.plan(method, { kind: 'refuse', error }, calls),
    fail: (method, { calls = 1 } = {}) => plan.plan(method, { kind: 'fail' }, calls),
    failAfterAccepting: (method, { calls = 1 } = {}) => plan.plan(method, { kind: 'fail_after_accepting' }, calls),
    dropResponse: (method, { calls = 1 } = {}) => plan.plan(method, { kind: 'drop_response' }, calls),
    slowResponse: (method, ms, { calls = 1 } = {}) => plan.plan(method, { kind: 'slow', ms }, calls),
    duplicateDeliveries: (count = 1) => plan.duplicate(count),
    holdEvents: () => plan.hold(),
    releaseEvents: (order = 'in_order') => plan.release(order),
    disconnectSocket: ({ warn = true } = {}) => reach.disconnect(warn),
    verifyUrl: () => reach.verifyUrl(),
    changeChannel: reach.changeChannel,
    revokeToken: () => plan.setRevoked(true),
    restoreToken: () => plan.setRevoked(false),
    clear: () => plan.clear(),
  };
}
