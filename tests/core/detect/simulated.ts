import { createDetector, type Detector } from '../../../src/core/detect/detect.ts';
import { createHistory, type History } from '../../../src/core/detect/history.ts';
import type { Profile, ReleaseDay, SignatureDay, SurfaceDay } from '../../../src/core/records.ts';
import { addDays } from '../../../src/core/window.ts';

export const END = '2026-06-30';

export function historyOf(
  surfaceDays: readonly SurfaceDay[],
  more: { signatureDays?: SignatureDay[]; releaseDays?: ReleaseDay[]; days?: number; end?: string } = {},
): History {
  const end = more.end ?? END;
  return createHistory({
    surfaceDays,
    range: { start: addDays(end, -(more.days ?? 95)), end: addDays(end, 1) },
    ...more,
  });
}

export function detectorOn(surfaceDays: readonly SurfaceDay[], profile: Profile = 'default'): Detector {
  return createDetector(historyOf(surfaceDays), profile);
}

/** A surface with the same numbers every day, for what is worked out by hand; `change` edits single days, 0 the last. */
export function steadySurface(
  days: number,
  changes: Partial<SurfaceDay> = {},
  change: (row: SurfaceDay, back: number) => void = () => undefined,
): SurfaceDay[] {
  return Array.from({ length: days }, (_, index) => {
    const back = days - 1 - index;
    const row: SurfaceDay = {
      date: addDays(END, -back),
      surface: '/checkout',
      pageviews: 1000,
      actions: 300,
      dropoffs: 250,
      errors: 10,
      tickets: 3,
      requests: 2000,
      request_failures: 8,
      latency_p50: 80,
      latency_p95: 400,
      affected_accounts: 5,
      affected_users: 7,
      revenue_at_risk: 1_280_000,
      revenue: 0,
      release_top: 'web@1.0.0',
      release_share: 1,
      ...changes,
    };
    change(row, back);
    return row;
  });
}
