/** The real SDK against an address, with a budget kept in memory. */
import { createAnthropicClient } from '../../src/anthropic/client.ts';
import { type CallModel, createModelCall } from '../../src/anthropic/model-call.ts';
import type { ModelSpendStore } from '../../src/pipeline/answers.ts';
import type { Log } from '../../src/pipeline/ports.ts';
import { Secret } from '../../src/secret.ts';

export const KEY = 'sk-ant-a-key-nobody-may-log';

export function noting(): { log: Log; lines: { details: object; message: string }[] } {
  const lines: { details: object; message: string }[] = [];
  const note = (details: object, message: string) => void lines.push({ details, message });
  return { log: { debug: note, info: note, warn: note, error: note }, lines };
}

/** Micro-dollars by day, as the store counts them. */
export function spendInMemory(): ModelSpendStore & { spent: Map<string, number> } {
  const spent = new Map<string, number>();
  const add = (date: string, microdollars: number) => spent.set(date, (spent.get(date) ?? 0) + microdollars);
  return {
    spent,
    async reserve(date, microdollars, budget) {
      if ((spent.get(date) ?? 0) + microdollars > budget) return false;
      add(date, microdollars);
      return true;
    },
    async settle(date, reserved, cost) {
      add(date, cost - reserved);
    },
  };
}

interface ModelAtOptions {
  log: Log;
  timeoutMs?: number;
  model?: string;
  isOwnServer?: boolean;
  /** Micro-dollars a day. */
  budget?: number;
  spend?: ModelSpendStore;
}

export const modelAt = (url: string, options: ModelAtOptions): CallModel =>
  createModelCall({
    client: createAnthropicClient({
      apiKey: new Secret(KEY),
      baseUrl: url,
      ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
    }),
    model: options.model ?? 'claude-local',
    isOwnServer: options.isOwnServer ?? true,
    spend: options.spend ?? spendInMemory(),
    budget: options.budget ?? 5_000_000,
    clock: () => Date.parse('2026-01-30T10:00:00Z'),
    timezone: 'Europe/Berlin',
    log: options.log,
  });
