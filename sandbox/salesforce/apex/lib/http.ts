import { STATUS_CODES } from 'node:http';
import { raise } from '../runtime/errors.ts';
import type { Frame } from '../runtime/frame.ts';
import { blob, integer, state, text } from '../runtime/read.ts';
import { ApexBlob, ApexList, ApexNative } from '../runtime/values.ts';
import type { Value } from '../runtime/values.ts';
import { ALLOWS_CALLOUTS } from '../types/load.ts';
import { nativeType } from '../types/native.ts';
import type { NativeCode } from '../types/native.ts';
import { strings } from './strings.ts';

const DEFAULT_TIMEOUT = 10_000;
const LONGEST_TIMEOUT = 120_000;

class Headers {
  /** By lower-case name: the name as given, and the value. */
  private readonly values = new Map<string, readonly [string, string]>();

  set(name: string, value: string): void {
    this.values.set(name.toLowerCase(), [name, value]);
  }

  get(name: string): string | null {
    return this.values.get(name.toLowerCase())?.[1] ?? null;
  }

  all(): ReadonlyMap<string, string> {
    return new Map(this.values.values());
  }
}

class Request {
  method = '';
  endpoint = '';
  body = Buffer.alloc(0);
  timeout = DEFAULT_TIMEOUT;
  readonly headers = new Headers();
}

class Response {
  status = 0;
  statusText = '';
  body = Buffer.alloc(0);
  readonly headers = new Headers();
}

class Client {}

const request = (self: Value): Request => state(self, Request);
const response = (self: Value): Response => state(self, Response);

/**
 * Sends a request: in tests to the mock, otherwise out.
 * @throws ApexFailure CalloutException after uncommitted work, or where nothing answers.
 */
function send(given: Value | undefined, frame: Frame): Value {
  const { transaction } = frame;
  const own = request(given ?? null);
  if (own.endpoint === '') raise('CalloutException', 'You must specify an endpoint for the HTTP request');
  if (own.method === '') raise('CalloutException', 'You must specify a method for the HTTP request');
  if (transaction.triggers.length > 0)
    raise('CalloutException', 'Callout from triggers are currently not supported.');
  const allowing = transaction.program.classes.get(ALLOWS_CALLOUTS);
  if (
    transaction.context === 'queueable' &&
    allowing !== undefined &&
    transaction.job?.class.isA(allowing) !== true
  ) {
    raise(
      'CalloutException',
      'Callout not allowed from this queueable job: the class does not implement Database.AllowsCallouts',
    );
  }
  if (transaction.context === 'scheduled') {
    raise('CalloutException', 'Callout from scheduled Apex not supported.');
  }
  if (transaction.uncommitted) {
    raise(
      'CalloutException',
      'You have uncommitted work pending. Please commit or rollback before calling out',
    );
  }
  transaction.limits.use('Callouts');
  if (transaction.test !== undefined) {
    const { mock } = transaction.test;
    if (mock === undefined)
      raise('TypeException', 'Methods defined as TestMethod do not support Web service callouts');
    return (
      transaction.callNamed(mock, 'respond', [given ?? null], frame) ??
      raise('CalloutException', 'The mock answers nothing')
    );
  }
  transaction.calledOut += 1;
  const answer = transaction.host.callout(
    {
      method: own.method,
      endpoint: own.endpoint,
      headers: own.headers.all(),
      body: own.body,
      timeoutMilliseconds: own.timeout,
    },
    transaction,
  );
  if ('failure' in answer) return raise('CalloutException', answer.failure);
  const made = new Response();
  made.status = answer.status;
  made.statusText = answer.statusText === '' ? (STATUS_CODES[answer.status] ?? '') : answer.statusText;
  made.body = Buffer.from(answer.body);
  for (const [name, value] of answer.headers) made.headers.set(name, value);
  return new ApexNative('HttpResponse', made);
}

const setBody =
  (of: (self: Value) => { body: Buffer }): NativeCode =>
  (self, [body]) => {
    of(self).body = Buffer.from(text(body), 'utf8');
    return null;
  };

const setBytes =
  (of: (self: Value) => { body: Buffer }): NativeCode =>
  (self, [body]) => {
    of(self).body = Buffer.from(blob(body));
    return null;
  };

const setHeader =
  (of: (self: Value) => { headers: Headers }): NativeCode =>
  (self, [name, value]) => {
    of(self).headers.set(text(name), text(value));
    return null;
  };

const getHeader =
  (of: (self: Value) => { headers: Headers }): NativeCode =>
  (self, [name]) =>
    of(self).headers.get(text(name));

export const httpTypes = [
  nativeType('Http', {
    'new()': () => new ApexNative('Http', new Client()),
    'HttpResponse send(HttpRequest request)': (_, [given], frame) => send(given, frame),
  }),
  nativeType('HttpRequest', {
    'new()': () => new ApexNative('HttpRequest', new Request()),
    'void setMethod(String method)': (self, [method]) => {
      request(self).method = text(method);
      return null;
    },
    'String getMethod()': (self) => request(self).method,
    'void setEndpoint(String endpoint)': (self, [endpoint]) => {
      request(self).endpoint = text(endpoint);
      return null;
    },
    'String getEndpoint()': (self) => request(self).endpoint,
    'void setBody(String body)': setBody(request),
    'void setBodyAsBlob(Blob body)': setBytes(request),
    'String getBody()': (self) => request(self).body.toString('utf8'),
    'Blob getBodyAsBlob()': (self) => new ApexBlob(request(self).body),
    'void setHeader(String name, String value)': setHeader(request),
    'String getHeader(String name)': getHeader(request),
    'void setTimeout(Integer milliseconds)': (self, [milliseconds]) => {
      const timeout = integer(milliseconds);
      if (timeout < 1 || timeout > LONGEST_TIMEOUT)
        raise('CalloutException', `Timeout must be between 1 and ${LONGEST_TIMEOUT}`);
      request(self).timeout = timeout;
      return null;
    },
  }),
  nativeType('HttpResponse', {
    'new()': () => new ApexNative('HttpResponse', new Response()),
    'void setStatusCode(Integer status)': (self, [status]) => {
      response(self).status = integer(status);
      return null;
    },
    'Integer getStatusCode()': (self) => response(self).status,
    'void setStatus(String status)': (self, [status]) => {
      response(self).statusText = text(status);
      return null;
    },
    'String getStatus()': (self) => response(self).statusText,
    'void setBody(String body)': setBody(response),
    'void setBodyAsBlob(Blob body)': setBytes(response),
    'String getBody()': (self) => response(self).body.toString('utf8'),
    'Blob getBodyAsBlob()': (self) => new ApexBlob(response(self).body),
    'void setHeader(String name, String value)': setHeader(response),
    'String getHeader(String name)': getHeader(response),
    'List<String> getHeaderKeys()': (self): ApexList => strings([...response(self).headers.all().keys()]),
  }),
];
