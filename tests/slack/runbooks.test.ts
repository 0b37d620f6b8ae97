import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { createFileAccess, isPlatforms } from '../../src/slack/download.ts';
import { describeOnOneDatabase } from '../support/database.ts';
import { makePdf } from '../support/make-pdf.ts';
import { CHANNEL, startWorld, textOf, type World } from './world.ts';

type Message = ReturnType<Sandbox['messages']>[number];

const LATE = { timeoutMs: 20_000 };
const GUIDE = `---
url: https://wiki.example.com/walrus
review_by: 2026-01-01
---
# Walrus feeding

## Fish is late
Call the harbour and <!channel> ask for *herring*.
`;

describeOnOneDatabase('runbooks in Slack', (open) => {
  let world: World;
  let memberships: World['app']['memberships'];
  beforeAll(async () => {
    world = await startWorld(await open(), { admins: (sandbox) => [sandbox.as('maya').id] });
    memberships = world.app.memberships;
  });
  afterAll(() => world.stop());

  const words = (message: Message | undefined): string => textOf(message?.blocks);
  const directly = (person: string): Message[] => {
    const { sandbox } = world;
    return sandbox.messages(`@${person}`, { as: person }).filter(({ bot_id }) => bot_id);
  };
  const conversationOf = (person: string): string => world.sandbox.as(person).id.replace(/^./, 'D');
  /** What we answer when somebody drops files into their direct messages with us. */
  async function drop(person: string, ...files: { name: string; content: Buffer }[]): Promise<string> {
    const before = directly(person).length;
    world.sandbox.as(person).share(conversationOf(person), files);
    return words(await world.sandbox.until(() => directly(person)[before], LATE));
  }
  /** What a button shows once it is filled. */
  async function openSection(person: string, answer: Message, label: string) {
    const { sandbox } = world;
    await sandbox.as(person).click(answer, label);
    return sandbox.until(
      () => sandbox.views(person).find(({ blocks }) => /not checked by me|not for you to read/.test(textOf(blocks))),
      LATE,
    );
  }
  const text = (name: string, content: string) => ({ name, content: Buffer.from(content) });
  async function slash(person: string, line: string, channel = CHANNEL): Promise<Message> {
    const { sandbox } = world;
    const alone = () => sandbox.messages(channel, { as: person }).filter((one) => one.visible_to !== undefined);
    const before = alone().length;
    await sandbox.as(person).slash(channel, `/seepass ${line}`);
    return sandbox.until(() => alone()[before], LATE);
  }

  describe('dropped into a direct message', () => {
    it('are kept for an admin, and the same file again is said to be the same', async () => {
      expect(await drop('maya', text('walrus.md', GUIDE))).toMatch(/Added runbook \d+, “Walrus feeding”: 1 section\./);
      expect(await drop('maya', text('copy.md', GUIDE))).toContain('word for word: nothing was changed');
      expect(await drop('maya', text('walrus.md', `${GUIDE}\nOr the cannery.`))).toContain('Now version 2 of');
    });

    it('are not taken from anybody else, who is told whom to ask, and that is audited', async () => {
      const told = await drop('sam', text('mine.md', '# Approve everything'));
      expect(told).toContain('Approvers and admins keep the runbooks');
      expect(told).toContain(`<@${world.sandbox.as('maya').id}>`);
      const entries = await world.stores.audit.list(5);
      expect(entries).toContainEqual(
        expect.objectContaining({ action: 'runbook.add', outcome: 'forbidden', actor: world.sandbox.as('sam').id }),
      );
      expect(JSON.stringify(await world.stores.runbooks.list('operator'))).not.toContain('Approve everything');
    });

    it('say each for itself what is wrong with it', async () => {
      const told = await drop(
        'maya',
        { name: 'scan.pdf', content: await makePdf([[]]) },
        { name: 'locked.pdf', content: await makePdf([['x']], { userPassword: 'hunter2' }) },
        text('photo.png', 'PNG'),
        text('good.txt', 'GOOD GUIDE\nBreathe.'),
      );
      expect(told).toContain('it was scanned');
      expect(told).toContain('locked.pdf is encrypted');
      expect(told).toContain('photo.png is neither Markdown, plain text nor PDF');
      expect(told).toContain('“GOOD GUIDE”');
    });
  });

  describe('asked for', () => {
    it('answer in their own words, as a quote that mentions nobody, with a link to the section', async () => {
      const answer = await slash('sam', 'runbook walrus has no fish');
      expect(answer.text).toContain('Walrus feeding › Fish is late covers this.');
      const blocks = JSON.stringify(answer.blocks);
      expect(blocks).toContain('https://wiki.example.com/walrus#fish-is-late');
      const quoted = answer.blocks?.find(({ type }) => type === 'rich_text');
      expect(JSON.stringify(quoted)).toContain(
        '"type":"text","text":"Call the harbour and <!channel> ask for *herring*.',
      );
      expect(words(answer)).toContain('past the day for looking it over');
    });

    it('open in full where they are too long to quote, with nothing of them parsed', async () => {
      const steps = Array.from({ length: 900 }, (_, at) => `step ${at} <!here> *go*`).join('\n');
      await drop('maya', text('otter.md', `# Otter care\n\n## Otter bath\n${steps}`));
      const answer = await slash('sam', 'runbook otter bath');
      expect(JSON.stringify(answer.blocks)).not.toContain('step 100 ');
      const view = await openSection('sam', answer, 'Read: Otter bath');
      expect(textOf(view.blocks)).toContain('step 100 <!here> *go*');
      expect(textOf(view.blocks)).toMatch(/Showing the first \d,\d{3} of 19\.\dk characters\./);
      expect(textOf(view.blocks)).toContain('Otter care, version 1 · otter.md');
      expect(JSON.stringify(view.blocks?.filter(({ type }) => type !== 'rich_text'))).not.toContain('<!here>');
      await world.sandbox.as('sam').close(view);
    });

    it('are read only by whoever may when the button is pressed', async () => {
      const content = (readers: string): string => `---\n${readers}\n---\n# Lynx lair\nMind the lynx.`;
      await drop('maya', text('lynx.md', content('owner: zoo')));
      const answer = await slash('sam', 'runbook lynx lair');
      await drop('maya', text('lynx.md', content('groups: S0APPROVER')));
      const view = await openSection('sam', answer, 'Read: Lynx lair');
      expect(textOf(view.blocks)).toContain('not there any more, or is not for you to read');
      expect(textOf(view.blocks)).not.toContain('Mind');
      await world.sandbox.as('sam').close(view);
    });

    it('answer a question in a thread, and say that none covers another', async () => {
      const { sandbox } = world;
      const ask = async (question: string): Promise<string> => {
        const asked = sandbox.as('sam').mention(CHANNEL, question);
        return words(await sandbox.until(() => sandbox.thread(asked).find(({ bot_id }) => bot_id), LATE));
      };
      expect(await ask('how do I fix late fish of the walrus?')).toContain('Walrus feeding › Fish is late');
      expect(await ask('is there a runbook for the particle accelerator?')).toContain('No runbook covers this.');
      expect(words(await slash('maya', 'docs stats'))).toContain('particle accelerator');
    });

    it('stay among those they name, also when their answer is shared', async () => {
      const leaders = await world.app.directory.channelId('leadership');
      const content = `---\nchannels: [${leaders}]\n---\n# Narwhal protocol\nHide the narwhal.`;
      await drop('maya', text('narwhal.md', content));
      expect(words(await slash('maya', 'runbook narwhal'))).toContain('Narwhal protocol');
      const { sandbox } = world;
      const asked = sandbox.as('maya').mention(CHANNEL, 'runbook for the narwhal');
      const inChannel = await sandbox.until(() => sandbox.thread(asked).find(({ bot_id }) => bot_id), LATE);
      expect(words(inChannel)).toContain('No runbook covers this.');
      const alone = await slash('maya', 'ask runbook for the narwhal');
      expect(words(alone)).toContain('Narwhal protocol');
      await sandbox.as('maya').click(alone, 'Share');
      const shared = await sandbox.until(
        () => sandbox.messages(CHANNEL).find((one) => words(one).includes('shared by')),
        LATE,
      );
      expect(JSON.stringify(shared)).not.toContain('arwhal protocol');
      expect(words(alone)).not.toContain('CSV');
    });

    it('are looked up for people by the channels and groups they are in', async () => {
      const { sandbox, app } = world;
      const leadership = await app.directory.channelId('leadership');
      const inside = sandbox.as('maya').id;
      expect(await memberships.channelsOf(inside, [leadership, 'C0NOWHERE1'])).toEqual([leadership]);
      expect(await memberships.groupsOf(inside, ['S0APPROVER', 'S0NOTHERE1'])).toEqual(['S0APPROVER']);
      expect(await memberships.groupsOf(sandbox.as('sam').id, ['S0APPROVER'])).toEqual([]);
      expect(await memberships.hasStrangers(leadership)).toBe(false);
      expect(await memberships.hasStrangers('C0NOWHERE1')).toBe(true);
    });
  });

  it('are listed, and removed by admins alone', async () => {
    expect(words(await slash('maya', 'docs'))).toMatch(
      /Walrus feeding: .*version 2.*to be looked over by Thu 1 Jan 2026/,
    );
    await drop('maya', text('penguin.md', '---\ngroups: S0APPROVER\n---\n# Penguin protocol\nWaddle.'));
    expect(words(await slash('maya', 'docs list'))).toContain('Penguin protocol');
    expect(words(await slash('sam', 'docs'))).not.toContain('Penguin');
    expect(words(await slash('maya', 'docs stale'))).toContain('which has passed');
    const [first] = await world.stores.runbooks.list('operator');
    expect(words(await slash('sam', `docs remove ${first?.number}`))).toContain('Approvers and admins keep');
    expect(words(await slash('maya', `docs remove ${first?.number}`))).toContain('with all its 2 versions');
    expect(words(await slash('maya', `docs remove ${first?.number}`))).toContain('There is no runbook');
    expect(words(await slash('maya', 'docs burn them'))).toContain('I did not understand that');
  });

  describe('fetched from Slack', () => {
    it.each([
      ['https://files.slack.com/files-pri/T1-F1/a.md', 'https://slack.com/api/', true],
      ['http://files.slack.com/files-pri/T1-F1/a.md', 'https://slack.com/api/', false],
      ['https://files.slack.com.evil.example/a.md', 'https://slack.com/api/', false],
      ['https://evilslack.com/a.md', 'https://slack.com/api/', false],
      ['https://files.slack.com:8443/a.md', 'https://slack.com/api/', false],
      ['https://docs.google.com/a', 'https://slack.com/api/', false],
      ['http://127.0.0.1:4700/files-pri/F1/a.md', 'http://127.0.0.1:4700/api/', true],
      ['http://127.0.0.1:4701/files-pri/F1/a.md', 'http://127.0.0.1:4700/api/', false],
      ['not an address', 'https://slack.com/api/', false],
    ])('%s beside %s: %s', (url, apiUrl, may) => {
      expect(isPlatforms(url, apiUrl)).toBe(may);
    });

    it('only with a token that may: without one nothing is taken for the file', async () => {
      const { sandbox, app } = world;
      const { files } = sandbox.as('maya').share(conversationOf('maya'), [text('kept.md', '# Kept\nSafe.')]);
      const access = createFileAccess(app.client, { botToken: 'xoxb-wrong', apiUrl: sandbox.apiUrl });
      await expect(access.fetchFile(String(files?.[0]?.id))).rejects.toMatchObject({ code: 'slack_unavailable' });
    });
  });
});
