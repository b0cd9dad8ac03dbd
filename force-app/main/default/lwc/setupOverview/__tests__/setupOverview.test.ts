import { describe, expect, it } from '@jest/globals';
import { setup } from 'samples';
import { act, find, findAll, property, record, show, textOf } from 'testing';
import SetupOverview from '../setupOverview';

describe('the overview of the steps', () => {
  it('has a green check on each step that is done', async () => {
    const overview = show(SetupOverview, { setup: setup('connect', 'mapping') });
    const checks = findAll(overview, 'li').map((step) => step.querySelector('lightning-icon') !== null);
    expect(checks).toEqual([true, true, false, false]);
    expect(textOf(overview)).toContain('2 of 4 steps are done');
    expect(property(find(overview, 'c-progress'), 'percent')).toBe(50);
    await expect(overview).toBeAccessible();
  });

  it('leads into a step', () => {
    const overview = show(SetupOverview, { setup: setup('connect') });
    const opened = record(overview, 'open');
    act(find(overview, '[data-step="mapping"]'), 'click');
    expect(opened).toEqual(['mapping']);
  });

  it('keeps the other steps closed until both systems are connected', () => {
    const overview = show(SetupOverview, { setup: setup() });
    const closed = findAll(overview, 'button').map((button) => property(button, 'disabled'));
    expect(closed).toEqual([false, true, true, true]);
    expect(textOf(overview)).toContain('Connect both systems first.');
  });
});
