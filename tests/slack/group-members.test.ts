import { WebClient } from '@slack/web-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { createClientOptions } from '../../src/slack/client-options.ts';
import { createGroupReader } from '../../src/slack/group-members.ts';
import { silentLog } from '../support/silent-log.ts';

describe('the members of a user group', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.stop());

  const reader = () =>
    createGroupReader(new WebClient(sandbox.botToken, createClientOptions(sandbox.apiUrl, silentLog)), silentLog);

  it('are those that Slack names just now', async () => {
    const members = await reader()('S0APPROVER');
    expect(members).toContain(sandbox.ids.people.maya);
    expect(members).not.toContain(sandbox.ids.people.sam);
  });

  it('are nobody that could be known, where the group is gone', async () => {
    expect(await reader()('S0NOBODY')).toBeNull();
  });
});
