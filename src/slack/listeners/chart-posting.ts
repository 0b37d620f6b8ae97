import type { App } from '@slack/bolt';
import type { ChartMark } from '../../core/chart/chart.ts';
import { chartOfPriority } from '../../core/chart/priority-chart.ts';
import { createSurfaceMatcher } from '../../core/delivery/surface-pattern.ts';
import type { Priority } from '../../core/records.ts';
import { dayInstants, startOfDay } from '../../core/window.ts';
import { SeepassError } from '../../errors.ts';
import type { ListenerDeps } from '../deps.ts';
import { ACTIONS, decodePosted } from '../ids.ts';
import { messageParameters } from '../messenger.ts';
import { blockActionSchema } from '../payloads.ts';
import { postChart } from '../post-chart.ts';
import { buildChartMessage } from '../views/chart-message.ts';
import { buildNotice, type Rendered } from '../views/notice.ts';
import { callSlack } from '../web-call.ts';
import { findItem } from './find-item.ts';
import { guard } from './guard.ts';

/** Post the chart, in the details: the whole stretch with its normal range, in the digest's thread, once. */
export function registerChartPosting(app: App, deps: ListenerDeps): void {
  app.action(ACTIONS.chartPost, async ({ ack, body }) => {
    await ack();
    const pressed = blockActionSchema.parse(body);
    const channel = pressed.view?.private_metadata ?? '';
    const user = pressed.user.id;
    const tell = async (notice: Rendered): Promise<void> => {
      await callSlack(deps.client, 'chat.postEphemeral', { channel, user, ...messageParameters(notice) });
    };
    await guard(deps.log, {
      what: 'I could not post the chart',
      about: { action: ACTIONS.chartPost, user, channel },
      tell,
      work: async () => {
        await postOnce(deps, { value: pressed.actions[0]?.value ?? '', channel, user });
        await tell(buildNotice('The chart is in the thread.'));
      },
    });
  });
}

async function postOnce(
  deps: ListenerDeps,
  { value, channel, user }: { value: string; channel: string; user: string },
): Promise<void> {
  const posted = decodePosted(value);
  if (!posted || channel === '') throw new SeepassError('bad_arguments', 'That button is not one of mine any more.');
  const item = await findItem(deps, posted.priority);
  const { priority } = item;
  const chart = chartOfPriority(priority, { ...deps, marks: await readReleases(deps, priority) });
  if (chart === null) throw new SeepassError('not_found', 'There are not two days to draw.');
  if (!(await deps.stores.firstDelivery(`chart:${channel}:${value}`)))
    throw new SeepassError('conflict', 'This chart was sent to the thread already.');
  await postChart(
    deps,
    { channel, thread_ts: posted.ts },
    { chart, name: `chart-${priority.date}`, by: user, otherwise: () => buildChartMessage(item, deps) },
  );
}

/** Releases that somebody marked on the page in the days that are drawn. */
async function readReleases(
  { stores, timezone }: ListenerDeps,
  { date, entity_type, entity_key, pattern_record: { series } }: Priority,
): Promise<ChartMark[]> {
  const range = {
    start: startOfDay(series.points[0]?.date ?? date, timezone),
    end: dayInstants(date, timezone).end,
  };
  const marks = await stores.why.readAnnotations(range);
  return marks.flatMap(({ kind, at, surface_pattern, text }) => {
    const isHere =
      surface_pattern === null || (entity_type === 'surface' && createSurfaceMatcher(surface_pattern)(entity_key));
    return kind === 'release' && isHere ? [{ at, name: text }] : [];
  });
}
