import { describe, expect, it, jest } from '@jest/globals';
import disconnect from '@salesforce/apex/SetupController.disconnect';
import { connection } from 'samples';
import { act, apexError, button, find, findAll, record, settle, show, textOf } from 'testing';
import Disconnect from '../disconnect';

async function ask(): Promise<HTMLElement> {
  const shown = show(Disconnect, { connectionId: 'c1' });
  act(button(shown, 'Disconnect'), 'click');
  await settle();
  return shown;
}

describe('disconnecting', () => {
  it('asks first and says what happens', async () => {
    const shown = await ask();
    expect(disconnect).not.toHaveBeenCalled();
    expect(textOf(shown)).toContain('Sync stops; what was synced stays in both systems.');
    await expect(shown).toBeAccessible();
  });

  it('ends the connection when it is confirmed', async () => {
    jest.mocked(disconnect).mockResolvedValue(connection({ state: 'disconnected' }));
    const shown = await ask();
    const changes = record(shown, 'changed');
    act(find(shown, '[data-id="confirm"]'), 'click');
    await settle();
    expect(disconnect).toHaveBeenCalledWith({ connectionId: 'c1' });
    expect(changes).toHaveLength(1);
  });

  it('does nothing when it is cancelled', async () => {
    const shown = await ask();
    act(button(shown, 'Cancel'), 'click');
    await settle();
    expect(findAll(shown, '[role="alertdialog"]')).toHaveLength(0);
    expect(disconnect).not.toHaveBeenCalled();
  });

  it('says why it did not work', async () => {
    jest.mocked(disconnect).mockRejectedValue(apexError('X', 'Not now.'));
    const shown = await ask();
    const changes = record(shown, 'changed');
    act(find(shown, '[data-id="confirm"]'), 'click');
    await settle();
    expect(changes).toHaveLength(0);
    expect(textOf(shown)).toContain('Not now.');
  });
});
