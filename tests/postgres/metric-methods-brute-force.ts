/** The metrics with a method of their own, computed the slow and obvious way. */
import type { EventSelector } from '../../src/core/event-selector.ts';
import type { Funnel } from '../../src/core/funnel.ts';
import type { CheckedQuery, QueryWindow } from '../../src/core/query/metric-query.ts';
import type { Figure } from '../../src/core/query/metric-result.ts';
import type { StorableEvent } from '../../src/core/records.ts';
import { addDays } from '../../src/core/window.ts';
import { bucketLabel, dimensionValue, instantOf, percentile, type World } from './metric-brute-force.ts';

const DAY = 86_400_000;

interface Parts {
  numerator: number;
  denominator: number;
}

/** One window's figures of every method: of events that pass the query's filters, where that is what the filters mean. */
export function bruteForceMethods(world: World, query: CheckedQuery, window: QueryWindow, funnel: Funnel) {
  const { zone, asOf } = world;
  const seen = world.events
    .filter(({ ts }) => ts <= asOf)
    .sort((a, b) => a.ts - b.ts || (a.event_key < b.event_key ? -1 : 1));
  const [start, end] = [instantOf(window.start, zone), instantOf(window.end, zone)];
  const within = (from: number, to: number) => seen.filter(({ ts }) => ts >= from && ts < to);
  const passes = (event: StorableEvent) =>
    Object.entries(query.filters).every(
      ([name, value]) => name === 'cohort_day' || name === 'funnel' || dimensionValue(world, event, name) === value,
    );
  const isUse = ({ type }: StorableEvent) => ['pageview', 'action', 'message'].includes(type);
  const day = (ts: number) => bucketLabel(ts, 'day', zone);

  const firstOf = (events: readonly StorableEvent[], keyOf: (event: StorableEvent) => string | null) => {
    const first = new Map<string, StorableEvent>();
    for (const event of events) {
      const key = keyOf(event);
      if (key !== null && !first.has(key)) first.set(key, event);
    }
    return first;
  };
  const newcomers = seen.some(({ type }) => type === 'signup')
    ? new Map(
        [
          ...firstOf(
            within(start, end).filter(({ type }) => type === 'signup'),
            ({ user, event_key }) => user ?? event_key,
          ),
        ].filter(([, event]) => passes(event)),
      )
    : new Map(
        [...firstOf(seen.filter(isUse), ({ user }) => user)].filter(
          ([, event]) => event.ts >= start && event.ts < end && passes(event),
        ),
      );

  const retention = (): Parts => {
    const later = Number(query.filters.cohort_day ?? 7);
    const cohort = [...newcomers].filter(([, { ts }]) => instantOf(addDays(day(ts), later + 1), zone) <= asOf + 1);
    const back = cohort.filter(([user, { ts }]) =>
      seen.some((event) => isUse(event) && event.user === user && day(event.ts) === addDays(day(ts), later)),
    );
    return { numerator: back.length, denominator: cohort.length };
  };
  const activation = (selected: (event: StorableEvent) => boolean): Parts => ({
    numerator: [...newcomers].filter(([user, { ts }]) =>
      seen.some((event) => event.user === user && selected(event) && event.ts >= ts && event.ts < ts + 7 * DAY),
    ).length,
    denominator: newcomers.size,
  });
  const churn = (): Parts => {
    const days = (Date.parse(window.end) - Date.parse(window.start)) / DAY;
    const accounts = (events: readonly StorableEvent[]) =>
      new Set(events.filter(isUse).flatMap(({ account }) => account ?? []));
    const before = accounts(within(instantOf(addDays(window.start, -days), zone), start).filter(passes));
    const now = accounts(within(start, end));
    return { numerator: [...before].filter((account) => !now.has(account)).length, denominator: before.size };
  };
  const conversion = (): Parts => {
    const people = new Map<string, StorableEvent[]>();
    for (const event of within(start, end)) {
      const who = event.user === null ? event.account && `account ${event.account}` : `user ${event.user}`;
      if (who) people.set(who, [...(people.get(who) ?? []), event]);
    }
    const result = { numerator: 0, denominator: 0 };
    for (const events of people.values()) {
      const began = events.findIndex((event) => selects(funnel.steps[0], event) && passes(event));
      if (began === -1) continue;
      result.denominator += 1;
      let step = 1;
      for (const event of events.slice(began + 1)) if (selects(funnel.steps[step], event)) step += 1;
      if (step >= funnel.steps.length) result.numerator += 1;
    }
    return result;
  };
  const tickets = within(start, end).filter((event) => event.type === 'ticket' && passes(event));
  const answerOf = (ticket: StorableEvent) =>
    seen.find(
      (event) =>
        event.type === 'reply' &&
        event.meta.role === 'agent' &&
        event.source === ticket.source &&
        ticket.meta.conversation_id !== undefined &&
        event.meta.conversation_id === ticket.meta.conversation_id &&
        event.ts >= ticket.ts,
    );
  const minutes = tickets.flatMap((ticket) => {
    const answer = answerOf(ticket);
    return answer ? (answer.ts - ticket.ts) / 60_000 : [];
  });
  const orders = within(start, end).filter(
    (event) => event.order_id !== null && event.type === 'revenue' && passes(event),
  );
  const attempts = within(start, end).filter(
    (event) => event.type === 'action' && event.surface === '/checkout' && passes(event),
  );
  return {
    new_users: newcomers.size,
    retention_rate: retention(),
    activation_rate: activation(({ type }) => type === 'action'),
    churned_accounts: churn().numerator,
    churn_rate: churn(),
    funnel_conversion: conversion(),
    orders: orders.length,
    aov: {
      numerator: orders.reduce((sum, { amount_minor }) => sum + (amount_minor ?? 0), 0),
      denominator: orders.length,
    },
    checkout_success_rate: { numerator: orders.length, denominator: attempts.length },
    unanswered_tickets: tickets.filter((ticket) => answerOf(ticket) === undefined).length,
    first_response_minutes: percentile(minutes, 0.5),
  };
}

function selects(step: EventSelector | undefined, event: StorableEvent): boolean {
  return (
    step !== undefined && event.type === step.type && (step.surface === undefined || event.surface === step.surface)
  );
}

/** What a method's figure says, in the shape the brute force has. */
export const inShort = ({ value, numerator, denominator }: Figure): number | null | Parts =>
  numerator === null || denominator === null ? value : { numerator, denominator };
