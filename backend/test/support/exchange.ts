import type { AxiosResponse, InternalAxiosRequestConfig } from 'axios';

/** The headers of a call that axios is about to send, by their names in lower case. */
export function headersOf(sent: InternalAxiosRequestConfig): Record<string, string> {
  return Object.fromEntries(
    Object.entries(sent.headers.toJSON()).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name.toLowerCase(), value]] : [],
    ),
  );
}

/** What axios is given as the answer to a call. */
export function responseOf(
  sent: InternalAxiosRequestConfig,
  status: number,
  headers: Readonly<Record<string, string>>,
  data: string,
): AxiosResponse<string> {
  return { data, status, statusText: String(status), headers: { ...headers }, config: sent };
}
