import { describe, expect, it } from '@jest/globals';
import { act, button, find, findAll, property, record, settle, show, textOf } from 'testing';
import MappingSaved from '../mappingSaved';

describe('the page after a mapping was saved', () => {
  it('calls for a dry run, and is read from its title on', async () => {
    const shown = show(MappingSaved);
    expect(textOf(shown)).toContain('The field mapping is saved');
    expect(property(find(shown, 'c-dry-run'), 'changed')).toBe(true);
    expect(shown.shadowRoot?.activeElement).toBe(find(shown, 'h2'));
    await expect(shown).toBeAccessible();
  });

  it('leads on once the dry run has begun', async () => {
    const shown = show(MappingSaved);
    const closed = record(shown, 'close');
    expect(findAll(shown, 'lightning-button')).toHaveLength(0);
    act(find(shown, 'c-dry-run'), 'begun');
    await settle();
    act(button(shown, 'Continue'), 'click');
    expect(closed).toHaveLength(1);
    await expect(shown).toBeAccessible();
  });

  it('tells that nobody wants to look now', () => {
    const shown = show(MappingSaved);
    const later = record(shown, 'later');
    act(find(shown, 'c-dry-run'), 'later');
    expect(later).toHaveLength(1);
  });
});
