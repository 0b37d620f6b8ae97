import type { Intensity } from './intensity.ts';
import { getSignature } from './signatures.ts';
import { getTheme } from './ticket-themes.ts';

/** Where within an incident an hour lies: `day` counts from 0, `hour` is the local hour of the day. */
export interface Moment {
  day: number;
  hour: number;
}

/** Changes what a surface does while an incident lasts. */
export type Effect = (intensity: Intensity, moment: Moment) => void;

export const effects =
  (...parts: readonly Effect[]): Effect =>
  (intensity, moment) => {
    for (const part of parts) part(intensity, moment);
  };

/** Only from this local hour of the first day. */
export const fromHour =
  (hour: number, effect: Effect): Effect =>
  (intensity, moment) => {
    if (moment.day > 0 || moment.hour >= hour) effect(intensity, moment);
  };

/** Only from the n-th day of the incident, counted from 0. */
export const fromDay =
  (day: number, effect: Effect): Effect =>
  (intensity, moment) => {
    if (moment.day >= day) effect(intensity, moment);
  };

/** Only on the first `days` days of the incident. */
export const untilDay =
  (days: number, effect: Effect): Effect =>
  (intensity, moment) => {
    if (moment.day < days) effect(intensity, moment);
  };

export const traffic =
  (factor: number): Effect =>
  (intensity) => {
    intensity.traffic *= factor;
  };

export const retries =
  (factor: number): Effect =>
  (intensity) => {
    intensity.calls *= factor;
  };

export const errors =
  (factor: number): Effect =>
  (intensity) => {
    intensity.errorRate *= factor;
  };

/** Error rate grows by this factor every day, from the first on. */
export const leak =
  (dailyFactor: number): Effect =>
  (intensity, { day }) => {
    intensity.errorRate *= dailyFactor ** (day + 1);
  };

/** Errors of one kind on top of the background, per page view or call. */
export const extraErrors = (key: string, rate: number, release?: string): Effect => {
  const signature = getSignature(key);
  const extra = release === undefined ? { signature, rate } : { signature, rate, release };
  return (intensity) => {
    intensity.extraErrors.push(extra);
  };
};

export const dropoffs =
  (factor: number): Effect =>
  (intensity) => {
    intensity.dropoffRate = Math.min(0.95, intensity.dropoffRate * factor);
  };

export const actions =
  (factor: number): Effect =>
  (intensity) => {
    intensity.actionRate = Math.min(0.95, intensity.actionRate * factor);
  };

/** Tickets about one thing on top of the background, per page view. */
export const extraTickets = (topic: string, rate: number): Effect => {
  const theme = getTheme(topic);
  return (intensity) => {
    intensity.extraTickets.push({ theme, rate });
  };
};

export const latency =
  (factor: number): Effect =>
  (intensity) => {
    intensity.latencyFactor *= factor;
  };

export const failures =
  (share: number): Effect =>
  (intensity) => {
    intensity.failureRate = share;
  };

export const forbidden =
  (share: number): Effect =>
  (intensity) => {
    intensity.forbiddenRate = share;
  };

export const oneAccount: Effect = (intensity) => {
  intensity.oneAccount = true;
};
