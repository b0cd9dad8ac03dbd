import { describe, expect, it } from '@jest/globals';
import { act, find, property, record, settle, show, textOf } from 'testing';
import OfferList from '../offerList';

const items = [
  { id: '1', name: 'Salesforce welcome' },
  { id: '2', name: 'Newsletter' },
  { id: '3', name: 'News of SALESFORCE' },
];
const properties = { label: 'Campaigns to offer', items, chosen: ['1', '3'] };
const group = (list: HTMLElement): HTMLElement => find(list, 'lightning-checkbox-group');

describe('what can be offered', () => {
  it('is listed with what is chosen', async () => {
    const list = show(OfferList, properties);
    expect(property(group(list), 'value')).toEqual(['1', '3']);
    expect(property(group(list), 'options')).toHaveLength(3);
    await expect(list).toBeAccessible();
  });

  it('is searched by name, and keeps what the search hides', async () => {
    const list = show(OfferList, properties);
    const changes = record(list, 'edit');
    act(find(list, 'lightning-input'), 'change', { value: ' NEWS' });
    await settle();
    expect(property(group(list), 'value')).toEqual(['3']);
    act(group(list), 'change', { value: ['2'] });
    expect(changes).toEqual([['1', '2']]);
  });

  it('says so when it is nothing', async () => {
    const list = show(OfferList, { label: 'Campaigns', items: [] });
    expect(textOf(list)).toContain('There is nothing to offer yet.');
    await expect(list).toBeAccessible();
  });
});
