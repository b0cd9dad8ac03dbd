/** What Lightning gives to components beside `lwc`, as far as this package uses it. */

declare module '@salesforce/label/*' {
  const text: string;
  export default text;
}
declare module '@salesforce/schema/*' {
  const field: { readonly objectApiName: string; readonly fieldApiName: string };
  export default field;
}
declare module 'lightning/refresh' {
  export class RefreshEvent extends CustomEvent<undefined> {
    constructor();
  }
  /** @returns the number that ends it */
  export function registerRefreshHandler(context: object, handler: () => Promise<boolean>): number;
  export function unregisterRefreshHandler(id: number): void;
}
declare module 'lightning/uiObjectInfoApi' {
  interface ObjectConfig {
    objectApiName: string;
  }
  interface PicklistConfig {
    recordTypeId: string;
    fieldApiName: { readonly objectApiName: string; readonly fieldApiName: string } | undefined;
  }
  export interface ObjectInfoResult {
    readonly data?: { readonly fields: Readonly<Record<string, { readonly label: string }>> };
    readonly error?: unknown;
  }
  export interface PicklistValuesResult {
    readonly data?: { readonly values: readonly { readonly value: string; readonly label: string }[] };
    readonly error?: unknown;
  }
  export const getObjectInfo: import('lwc').WireAdapterConstructor<ObjectConfig, ObjectInfoResult>;
  export const getPicklistValues: import('lwc').WireAdapterConstructor<PicklistConfig, PicklistValuesResult>;
}
declare module 'lightning/uiRecordApi' {
  interface RecordConfig {
    recordId: string;
    fields: readonly string[] | undefined;
  }
  export interface RecordResult {
    readonly data?: { readonly fields: Readonly<Record<string, { readonly value: unknown }>> };
    readonly error?: unknown;
  }
  export const getRecord: import('lwc').WireAdapterConstructor<RecordConfig, RecordResult>;
}
