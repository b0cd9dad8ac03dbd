import { describe, expect, it, jest } from '@jest/globals';
import getConnections from '@salesforce/apex/SetupController.getConnections';
import getStatus from '@salesforce/apex/SetupController.getStatus';
import { setup } from 'samples';
import { act, apexError, find, findAll, property, settle, show, textOf } from 'testing';
import SetupAssistant from '../setupAssistant';

describe('the Setup Assistant', () => {
  it('shows the start page in an org that has not started', async () => {
    jest.mocked(getStatus).mockResolvedValue({ started: false });
    const assistant = show(SetupAssistant);
    await settle();
    expect(findAll(assistant, 'c-setup-start')).toHaveLength(1);
    await expect(assistant).toBeAccessible();
  });

  it('goes to the connections once the set-up has begun, and comes back to the overview', async () => {
    jest.mocked(getStatus).mockResolvedValue({ started: false });
    jest.mocked(getConnections).mockResolvedValue({ connections: [] });
    const assistant = show(SetupAssistant);
    await settle();
    act(find(assistant, 'c-setup-start'), 'started');
    await settle();
    jest.mocked(getStatus).mockResolvedValue({ started: true, setup: setup('connect') });
    act(find(assistant, 'c-step-connections'), 'close');
    await settle();
    expect(textOf(assistant)).toContain('1 of 4 steps are done');
  });

  it('opens the step that was chosen', async () => {
    jest.mocked(getStatus).mockResolvedValue({ started: true, setup: setup() });
    jest.mocked(getConnections).mockResolvedValue({ connections: [] });
    const assistant = show(SetupAssistant);
    await settle();
    act(find(assistant, 'c-setup-overview'), 'open', 'connect');
    await settle();
    expect(findAll(assistant, 'c-step-connections')).toHaveLength(1);
  });

  it('says why it cannot be shown and tries again', async () => {
    jest.mocked(getStatus).mockRejectedValueOnce(apexError('PACKAGE_NOT_PERMITTED', 'You may not.'));
    const assistant = show(SetupAssistant);
    await settle();
    expect(textOf(assistant)).toContain('You may not.');
    jest.mocked(getStatus).mockResolvedValue({ started: false });
    act(find(assistant, 'c-error-panel'), 'retry');
    await settle();
    expect(findAll(assistant, 'c-setup-start')).toHaveLength(1);
  });

  it('offers the short way once both systems are connected, and then the first sync with a dry run', async () => {
    jest.mocked(getStatus).mockResolvedValue({ started: true, setup: setup('connect') });
    const assistant = show(SetupAssistant);
    await settle();
    expect(findAll(assistant, 'c-first-sync')).toHaveLength(0);
    jest.mocked(getStatus).mockResolvedValue({
      started: true,
      setup: setup('connect', 'mapping', 'selection', 'automation'),
    });
    act(find(assistant, 'c-recommended-setup'), 'done');
    await settle();
    expect(findAll(assistant, 'c-recommended-setup')).toHaveLength(0);
    expect(property(find(assistant, 'c-first-sync'), 'autostart')).toBe(true);
  });

  it('points to the dry run while nobody has seen what a saved mapping does, and only then', async () => {
    const state = setup('connect', 'mapping', 'selection');
    jest.mocked(getStatus).mockResolvedValue({ started: true, setup: state });
    const assistant = show(SetupAssistant);
    await settle();
    expect(property(find(assistant, 'c-first-sync'), 'changed')).toBe(false);
    jest.mocked(getStatus).mockResolvedValue({ started: true, setup: { ...state, mappingUnseen: true } });
    act(find(assistant, 'c-setup-overview'), 'open', 'mapping');
    await settle();
    act(find(assistant, 'c-step-mapping'), 'saved');
    await settle();
    expect(property(find(assistant, 'c-first-sync'), 'changed')).toBe(true);
    expect(property(find(assistant, 'c-first-sync'), 'autostart')).toBe(false);
  });
});
