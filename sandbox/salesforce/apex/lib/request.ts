import type { Transaction } from '../runtime/transaction.ts';
import { ApexEnum, ApexNative } from '../runtime/values.ts';
import { nativeType } from '../types/native.ts';
import { Type } from '../types/type.ts';

/** Those ways into Apex that this sandbox has. */
const QUIDDITIES = [
  'AURA',
  'BULK_API',
  'INVOCABLE_ACTION',
  'QUEUEABLE',
  'RUNTEST_SYNC',
  'SCHEDULED',
  'SYNCHRONOUS',
  'TRANSACTION_FINALIZER_QUEUEABLE',
] as const;

const BY_CONTEXT: Readonly<Record<Transaction['context'], (typeof QUIDDITIES)[number]>> = {
  synchronous: 'SYNCHRONOUS',
  action: 'INVOCABLE_ACTION',
  aura: 'AURA',
  bulk: 'BULK_API',
  queueable: 'QUEUEABLE',
  finalizer: 'TRANSACTION_FINALIZER_QUEUEABLE',
  scheduled: 'SCHEDULED',
};

class Current {}

/** What the running transaction is: `Request.getCurrent()`. */
export const requestTypes = [
  nativeType('Quiddity', {}, { constants: QUIDDITIES }),
  nativeType('Request', {
    'static Request getCurrent()': () => new ApexNative('Request', new Current()),
    'Quiddity getQuiddity()': (_, __, { transaction: { context, test } }) => {
      const name = test !== undefined && context === 'synchronous' ? 'RUNTEST_SYNC' : BY_CONTEXT[context];
      return new ApexEnum(new Type('native', 'Quiddity'), name, QUIDDITIES.indexOf(name));
    },
  }),
];
