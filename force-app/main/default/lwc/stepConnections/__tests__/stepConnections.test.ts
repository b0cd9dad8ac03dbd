import { describe, expect, it, jest } from '@jest/globals';
import getConnections from '@salesforce/apex/SetupController.getConnections';
import { connection } from 'samples';
import { act, apexError, find, findAll, property, record, settle, show, textOf } from 'testing';
import StepConnections from '../stepConnections';

describe('the step of the connections', () => {
  it('begins with the API key and leads on once it is connected', async () => {
    jest.mocked(getConnections).mockResolvedValue({ connections: [] });
    const step = show(StepConnections);
    await settle();
    expect(property(find(step, 'c-wizard'), 'nextDisabled')).toBe(true);
    jest.mocked(getConnections).mockResolvedValue({ connections: [connection()] });
    act(find(step, 'c-active-campaign-access'), 'changed');
    await settle();
    expect(property(find(step, 'c-wizard'), 'nextDisabled')).toBe(false);
    act(find(step, 'c-wizard'), 'next');
    await settle();
    expect(findAll(step, 'c-salesforce-access')).toHaveLength(1);
    expect(property(find(step, 'c-wizard'), 'nextDisabled')).toBe(true);
    await expect(step).toBeAccessible();
  });

  it('finishes when both are connected', async () => {
    const salesforce = connection({ platform: 'salesforce' });
    jest.mocked(getConnections).mockResolvedValue({ connections: [connection(), salesforce] });
    const step = show(StepConnections);
    await settle();
    const closed = record(step, 'close');
    act(find(step, 'c-wizard'), 'next');
    await settle();
    act(find(step, 'c-wizard'), 'next');
    expect(closed).toHaveLength(1);
  });

  it('goes back from Salesforce to the key, and from there to the overview', async () => {
    jest.mocked(getConnections).mockResolvedValue({ connections: [connection()] });
    const step = show(StepConnections);
    await settle();
    const closed = record(step, 'close');
    act(find(step, 'c-wizard'), 'next');
    await settle();
    act(find(step, 'c-wizard'), 'back');
    await settle();
    expect(findAll(step, 'c-active-campaign-access')).toHaveLength(1);
    act(find(step, 'c-wizard'), 'back');
    expect(closed).toHaveLength(1);
  });

  it('offers to disconnect what is connected', async () => {
    jest.mocked(getConnections).mockResolvedValue({ connections: [connection()] });
    const step = show(StepConnections);
    await settle();
    expect(property(find(step, 'c-disconnect'), 'connectionId')).toBe(connection().id);
    jest.mocked(getConnections).mockResolvedValue({ connections: [connection({ state: 'disconnected' })] });
    act(find(step, 'c-disconnect'), 'changed');
    await settle();
    expect(findAll(step, 'c-disconnect')).toHaveLength(0);
    expect(property(find(step, 'c-wizard'), 'nextDisabled')).toBe(true);
  });

  it('says why the connections cannot be read', async () => {
    jest.mocked(getConnections).mockRejectedValue(apexError('X', 'Not now.'));
    const step = show(StepConnections);
    await settle();
    expect(textOf(step)).toContain('Not now.');
  });
});
