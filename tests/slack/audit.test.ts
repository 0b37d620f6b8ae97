import { afterEach, describe, expect, it, vi } from 'vitest';
import { commands } from '../../src/slack/commands/index.ts';
import { describeOnOneDatabase } from '../support/database.ts';
import { CHANNEL, startWorld, textOf, type World } from './world.ts';

const PATIENTLY = { timeout: 10_000 };
/** What is left out leaves its own, which says more. */
const OWN_ENTRY: Readonly<Record<string, string>> = { ask: 'question.ask -', audit: 'audit.view -' };
/** The loop's own desk records it, and stands in for itself here: see the scenario of acting. */
const ELSEWHERE = 'cycle';

describeOnOneDatabase('the audit in a workspace', (open) => {
  let stop = async (): Promise<void> => undefined;
  afterEach(async () => stop());

  async function enter(): Promise<World & { told(person: string, line: string): Promise<string> }> {
    const world = await startWorld(await open(), { admins: (sandbox) => [sandbox.as('maya').id] });
    stop = () => world.stop();
    const { sandbox } = world;
    return {
      ...world,
      async told(person, line) {
        const before = sandbox.messages(CHANNEL, { as: person }).length;
        await sandbox.as(person).slash(CHANNEL, line);
        const answer = await sandbox.until(() => sandbox.messages(CHANNEL, { as: person })[before]);
        return textOf(answer.blocks);
      },
    };
  }

  it('has an entry of every command that is used, whatever came of it, and none of its words', async () => {
    const { sandbox, stores } = await enter();
    const maya = sandbox.as('maya');
    for (const { name } of commands)
      await maya.slash(CHANNEL, `/seepass ${name} ${name === 'audit' ? '' : 'zzz-typed'}`);
    await vi.waitFor(async () => {
      const entries = await stores.audit.list(200);
      const found = new Set(entries.map(({ action, subject_id }) => `${action} ${subject_id}`));
      const used = commands.filter(({ name }) => name !== ELSEWHERE);
      const expected = used.map(({ name }) => OWN_ENTRY[name] ?? `command.run ${name}`);
      expect(expected.filter((each) => !found.has(each))).toEqual([]);
      for (const entry of entries.filter(({ action }) => action === 'command.run'))
        expect(entry).toMatchObject({
          actor: maya.id,
          actor_role: 'admin',
          details: { parameters: expect.stringMatching(/^[0-9a-f]{64}$/) },
        });
      expect(JSON.stringify(entries)).not.toContain('zzz-typed');
    }, PATIENTLY);
  });

  it('is read by admins alone, in plain words, page by page; who tried is in it too', async () => {
    const { sandbox, stores, told } = await enter();
    const maya = sandbox.as('maya');
    for (let number = 1; number <= 20; number += 1)
      await stores.settings.set(`delivery.setting_${number}`, number, maya.id);
    await stores.roles.grant('U00000SAM', 'approver', maya.id);

    expect(await told('sam', '/seepass audit')).toContain('Only admins read the audit.');
    const page = await told('maya', '/seepass audit me settings 7d');
    expect(page.match(/changed a setting: delivery\.setting_/g)).toHaveLength(15);
    expect(page).toContain(`<@${maya.id}> changed a setting: delivery.setting_20`);
    expect(page).toContain(`settings by <@${maya.id}> since Fri 23 Jan`);

    const shown = sandbox.messages(CHANNEL, { as: 'maya' }).at(-1);
    if (!shown) throw new TypeError('No page is shown.');
    await maya.click(shown, 'Older');
    await vi.waitFor(() => {
      const older = textOf(sandbox.messages(CHANNEL, { as: 'maya' }).at(-1)?.blocks ?? []);
      expect(older.match(/changed a setting/g)).toHaveLength(5);
      expect(older).not.toContain('Older');
    }, PATIENTLY);

    expect(await told('maya', '/seepass audit roles')).toContain('gave a role: <@U00000SAM>');
    expect(await told('maya', '/seepass audit access')).toMatch(/<@\w+> read the audit in <#\w+> \(not allowed\)/);
    expect(await told('maya', '/seepass audit nonsense')).toContain('I could not read “nonsense”.');
  });

  it('is never shown where others read along', async () => {
    const { sandbox } = await enter();
    const asked = await sandbox.as('maya').say(CHANNEL, '@Seepass audit settings');
    const answer = await sandbox.until(() => sandbox.thread(asked)[1]);
    expect(textOf(answer.blocks)).toContain('The audit is not for everybody here.');
  });
});

describe('the word audit', () => {
  const audit = commands.find(({ name }) => name === 'audit');
  it.each([
    ['', true],
    ['me settings 7d', true],
    ['approvals since yesterday', true],
    ['log views last week', false],
    ['page errors by release', false],
  ])('before “%s” is the command: %s', (text, isMeant) => {
    expect(audit?.isMeant?.(text)).toBe(isMeant);
  });
});
