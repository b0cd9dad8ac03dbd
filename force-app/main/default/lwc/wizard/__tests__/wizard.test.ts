import { describe, expect, it } from '@jest/globals';
import { act, button, find, findAll, property, record, settle, show, textOf } from 'testing';
import Wizard from '../wizard';

const pages = [
  { id: 'one', label: 'First page' },
  { id: 'two', label: 'Second page' },
];

describe('the frame of a step', () => {
  it('says where one is', async () => {
    const wizard = show(Wizard, { heading: 'Mapping', pages, current: 'one' });
    expect(textOf(wizard)).toContain('Mapping');
    expect(textOf(wizard)).toContain('Part 1 of 2');
    expect(find(wizard, 'h3').textContent).toBe('First page');
    await expect(wizard).toBeAccessible();
  });

  it('leads on and back, and finishes on the last page', async () => {
    const wizard = show(Wizard, { pages, current: 'one' });
    const ways = [record(wizard, 'back'), record(wizard, 'next')];
    act(button(wizard, 'Back'), 'click');
    act(button(wizard, 'Next'), 'click');
    Object.assign(wizard, { current: 'two' });
    await settle();
    act(button(wizard, 'Finish'), 'click');
    expect(ways.map((events) => events.length)).toEqual([1, 2]);
  });

  it('puts the focus on the title of a page when it comes', async () => {
    const wizard = show(Wizard, { pages, current: 'one' });
    Object.assign(wizard, { current: 'two' });
    await settle();
    expect(wizard.shadowRoot?.activeElement).toBe(find(wizard, 'h3'));
  });

  it('does not lead on where the page is not done', () => {
    const wizard = show(Wizard, { pages, current: 'one', nextDisabled: true });
    expect(property(button(wizard, 'Next'), 'disabled')).toBe(true);
  });

  it('shows no parts where there is one page only', () => {
    const wizard = show(Wizard, { pages: pages.slice(0, 1), current: 'one' });
    expect(findAll(wizard, 'lightning-progress-indicator, h3')).toHaveLength(0);
  });
});
