import { describe, expect, it } from '@jest/globals';
import { find, show, textOf } from 'testing';
import Progress from '../progress';

describe('progress', () => {
  it('is a bar with its meaning in words', async () => {
    const progress = show(Progress, { text: '3 of 4', percent: 75 });
    expect(find<HTMLProgressElement>(progress, 'progress').value).toBe(75);
    expect(textOf(progress)).toBe('3 of 4');
    await expect(progress).toBeAccessible();
  });

  it('moves without a measure while nobody knows how much there is', async () => {
    const progress = show(Progress, { text: 'Counting' });
    expect(find<HTMLProgressElement>(progress, 'progress').position).toBe(-1);
    await expect(progress).toBeAccessible();
  });
});
