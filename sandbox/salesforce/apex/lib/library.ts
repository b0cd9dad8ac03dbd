import type { NativeType } from '../types/native.ts';
import { nativeType } from '../types/native.ts';
import { assertTypes } from './assert.ts';
import { asyncTypes } from './async.ts';
import { collectionTypes } from './collections.ts';
import { connectTypes } from './connect.ts';
import { cryptoTypes } from './crypto.ts';
import { databaseTypes } from './database.ts';
import { dateTypes } from './dates.ts';
import { describeTypes } from './describe.ts';
import { exceptionMembers } from './exceptions.ts';
import { finalizerTypes } from './finalizers.ts';
import { httpTypes } from './http.ts';
import { installTypes } from './install.ts';
import { jsonTypes } from './json.ts';
import { numberTypes } from './numbers.ts';
import { patternTypes } from './pattern.ts';
import { requestTypes } from './request.ts';
import { securityTypes } from './security.ts';
import { sobjectTypes } from './sobjects.ts';
import { stringTypes } from './strings.ts';
import { systemTypes } from './system.ts';
import { testTypes } from './test.ts';
import { triggerTypes } from './trigger.ts';

/** Every library class that Apex can name here. What is missing is an error where it is used. */
export function standardLibrary(): NativeType[] {
  return [
    assertTypes,
    asyncTypes,
    collectionTypes,
    connectTypes,
    cryptoTypes,
    databaseTypes,
    dateTypes,
    describeTypes,
    finalizerTypes,
    httpTypes,
    installTypes,
    jsonTypes,
    numberTypes,
    patternTypes,
    requestTypes,
    securityTypes,
    sobjectTypes,
    stringTypes,
    systemTypes,
    testTypes,
    triggerTypes,
  ].flat();
}

/** What every exception answers. */
export function exceptionType(): NativeType {
  return nativeType('Exception', exceptionMembers);
}
