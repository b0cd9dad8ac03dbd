import { describe, expect, it } from '@jest/globals';
import { apexError } from 'testing';
import { toFailure } from '../failure';

describe('what a rejected Apex call says', () => {
  it('is the error of the package or the service with its code, meaning and remedy', () => {
    expect(toFailure(apexError('SYNC_X', 'It broke.', 'Mend it.'))).toEqual({
      code: 'SYNC_X',
      meaning: 'It broke.',
      remedy: 'Mend it.',
      message: '',
    });
  });

  it('keeps what happened this time', () => {
    const content = { code: 'SYNC_X', meaning: 'It broke.', remedy: 'Mend it.', message: 'Row 7 broke.' };
    expect(toFailure({ body: { message: JSON.stringify(content) } })).toEqual(content);
  });

  it('is the platform’s own words where they are no JSON', () => {
    expect(toFailure({ body: { message: 'Apex CPU time limit exceeded' } })).toMatchObject({
      code: 'PACKAGE_CALL_FAILED',
      message: 'Apex CPU time limit exceeded',
    });
  });

  it('is the first of several errors', () => {
    expect(toFailure({ body: [{ message: 'One' }, { message: 'Two' }] }).message).toBe('One');
  });

  it('is a plain sentence where nothing is said', () => {
    expect(toFailure(undefined).meaning).toBe('Salesforce did not carry out the call.');
  });

  it('takes JSON of another form for words', () => {
    expect(toFailure({ body: { message: '{"code":7}' } })).toMatchObject({ message: '{"code":7}' });
  });
});
