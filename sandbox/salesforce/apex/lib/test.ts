import { raise } from '../runtime/errors.ts';
import { datetime, instance, text } from '../runtime/read.ts';
import type { Frame } from '../runtime/frame.ts';
import type { TestRun } from '../runtime/test-run.ts';
import { startTest, stopTest } from '../run/test-phases.ts';
import { nativeType } from '../types/native.ts';
import { testInstall, testUninstall } from './install.ts';
import { parseDateTime } from '../../org/time.ts';

function testOf(frame: Frame): TestRun {
  return frame.transaction.test ?? raise('TypeException', 'This method can be called only by tests');
}

export const testTypes = [
  nativeType('Test', {
    'static Boolean isRunningTest()': (_, __, frame) => frame.transaction.test !== undefined,
    'static void startTest()': (_, __, frame) => {
      startTest(frame.transaction, testOf(frame));
      return null;
    },
    'static void stopTest()': (_, __, frame) => {
      stopTest(frame.transaction, testOf(frame));
      return null;
    },
    'static void setMock(Type type, Object mock)': (_, [, mock], frame) => {
      testOf(frame).mock = instance(mock ?? null);
      return null;
    },
    'static void testInstall(InstallHandler handler, Version previous)': (
      _,
      [handler, previous = null],
      frame,
    ) => {
      testInstall(handler, previous, frame);
      return null;
    },
    'static void testUninstall(UninstallHandler handler)': (_, [handler], frame) => {
      testUninstall(handler, frame);
      return null;
    },
    'static void setCreatedDate(Id recordId, Datetime created)': (_, [recordId, created], frame) => {
      testOf(frame);
      const { org } = frame.transaction.host;
      const stamp = parseDateTime(new Date(datetime(created).time).toISOString()) ?? null;
      org.systemWrite(text(recordId), { CreatedDate: stamp });
      return null;
    },
  }),
];
