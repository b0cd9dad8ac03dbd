import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { SetupState } from 'service';
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

  describe('after a change of the mapping', () => {
    const ready = setup('connect', 'mapping', 'selection');
    const unseen = { ...ready, mappingUnseenSince: '2026-01-01T10:00:00.000Z' };

    async function assistant(state: SetupState): Promise<HTMLElement> {
      jest.mocked(getStatus).mockResolvedValue({ started: true, setup: state });
      const shown = show(SetupAssistant);
      await settle();
      return shown;
    }

    async function save(shown: HTMLElement, state: SetupState): Promise<void> {
      act(find(shown, 'c-setup-overview'), 'open', 'mapping');
      await settle();
      jest.mocked(getStatus).mockResolvedValue({ started: true, setup: state });
      act(find(shown, 'c-step-mapping'), 'saved');
      await settle();
    }

    const isPointed = (shown: HTMLElement): unknown => property(find(shown, 'c-first-sync'), 'changed');

    beforeEach(() => window.localStorage.clear());

    it('offers a dry run where the mapping was saved, and then shows the overview', async () => {
      const shown = await assistant(ready);
      await save(shown, unseen);
      expect(findAll(shown, 'c-mapping-saved')).toHaveLength(1);
      expect(findAll(shown, 'c-setup-overview')).toHaveLength(0);
      await expect(shown).toBeAccessible();
      jest.mocked(getStatus).mockResolvedValue({ started: true, setup: ready });
      act(find(shown, 'c-mapping-saved'), 'close');
      await settle();
      expect(isPointed(shown)).toBe(false);
    });

    it('offers none while the set-up is not done', async () => {
      const shown = await assistant(setup('connect'));
      await save(shown, setup('connect', 'mapping'));
      expect(findAll(shown, 'c-setup-overview')).toHaveLength(1);
    });

    it('points to the dry run on the overview while nobody has seen what the mapping does, and only then', async () => {
      expect(isPointed(await assistant(ready))).toBe(false);
      const shown = await assistant(unseen);
      expect(isPointed(shown)).toBe(true);
      expect(property(find(shown, 'c-first-sync'), 'autostart')).toBe(false);
    });

    it.each(['c-mapping-saved', 'c-first-sync'])(
      'leaves the user in peace who says “not now” in %s, until the mapping changes again',
      async (place) => {
        const shown = await assistant(place === 'c-first-sync' ? unseen : ready);
        if (place === 'c-mapping-saved') await save(shown, unseen);
        act(find(shown, place), 'later');
        await settle();
        expect(isPointed(shown)).toBe(false);
        expect(isPointed(await assistant(unseen))).toBe(false);
        const later = { ...ready, mappingUnseenSince: '2026-01-02T10:00:00.000Z' };
        expect(isPointed(await assistant(later))).toBe(true);
      },
    );
  });
});
