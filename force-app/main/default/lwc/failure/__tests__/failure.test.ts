import { describe, expect, it } from '@jest/globals';
import { apexError } from 'testing';
import { toFailure } from '../failure';

describe('what a rejected Apex call says', () => {
  it('is the package’s error with its code, message and remedy', () => {
    expect(toFailure(apexError('SYNC_X', 'It broke.', 'Mend it.'))).toEqual({
      code: 'SYNC_X',
      message: 'It broke.',
      remedy: 'Mend it.',
    });
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
    expect(toFailure(undefined).message).toBe('Salesforce did not carry out the call.');
  });

  it('takes JSON of another form for words', () => {
    expect(toFailure({ body: { message: '{"code":7}' } })).toMatchObject({ message: '{"code":7}' });
  });
});
