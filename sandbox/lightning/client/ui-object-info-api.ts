import { call } from './call.ts';
import { Wire } from './wire.ts';

interface ObjectConfig {
  readonly objectApiName?: string | { readonly objectApiName: string };
}

interface PicklistConfig {
  readonly recordTypeId?: string;
  readonly fieldApiName?: { readonly objectApiName: string; readonly fieldApiName: string };
}

/** Wires what the org says of an object: its fields as the user may see them, with labels in the user's language. */
export class getObjectInfo extends Wire<ObjectConfig> {
  protected override isReady({ objectApiName }: ObjectConfig): boolean {
    return objectApiName !== undefined && objectApiName !== '';
  }

  protected override load({ objectApiName = '' }: ObjectConfig): Promise<unknown> {
    const name = typeof objectApiName === 'string' ? objectApiName : objectApiName.objectApiName;
    return call('GET', `/lightning/object-info/${name}`);
  }
}

/** Wires the values of a picklist, in the user's language. Every record type has all of them here. */
export class getPicklistValues extends Wire<PicklistConfig> {
  protected override isReady({ recordTypeId, fieldApiName }: PicklistConfig): boolean {
    return recordTypeId !== undefined && fieldApiName !== undefined && fieldApiName.objectApiName !== '';
  }

  protected override load({ fieldApiName }: PicklistConfig): Promise<unknown> {
    const { objectApiName = '', fieldApiName: field = '' } = fieldApiName ?? {};
    return call('GET', `/lightning/object-info/${objectApiName}/picklist-values/${field}`);
  }
}
