import { z } from 'zod';
import type { Vendors } from '../stack/vendors.ts';

const anything = z.unknown();
const contactsSchema = z.object({ contacts: z.array(z.object({ id: z.string(), email: z.string() })) });
const savedSchema = z.array(z.object({ success: z.boolean() }));

/** Gives so many leads another phone number, as their owners would. */
export async function editLeads(vendors: Vendors, count: number): Promise<void> {
  const rows = await vendors.query(`SELECT Id FROM Lead ORDER BY Id LIMIT ${count}`);
  for (let start = 0; start < rows.length; start += 200) {
    const records = rows.slice(start, start + 200).map(({ Id }, index) => ({
      attributes: { type: 'Lead' },
      Id,
      Phone: phone(start + index),
    }));
    const saved = await vendors.salesforce.send(
      'PATCH',
      '/services/data/v67.0/composite/sobjects',
      { allOrNone: false, records },
      savedSchema,
    );
    if (!saved.every(({ success }) => success)) throw new Error('Salesforce did not save the edits.');
  }
}

/** Contacts of the account, the oldest first. */
export async function listContacts(
  vendors: Vendors,
  count: number,
): Promise<{ id: string; email: string }[]> {
  const all: { id: string; email: string }[] = [];
  while (all.length < count) {
    const { contacts } = await vendors.activecampaign.get(
      `/api/3/contacts?limit=100&orders[id]=ASC&id_greater=${all.at(-1)?.id ?? 0}`,
      contactsSchema,
    );
    if (contacts.length === 0) break;
    all.push(...contacts);
  }
  return all.slice(0, count);
}

/** Gives contacts another phone number by an import, as another program of the customer would. */
export async function editContacts(
  vendors: Vendors,
  contacts: readonly { readonly email: string }[],
): Promise<void> {
  for (let start = 0; start < contacts.length; start += 250) {
    const rows = contacts
      .slice(start, start + 250)
      .map(({ email }, index) => ({ email, phone: phone(start + index) }));
    await vendors.activecampaign.send('POST', '/api/3/import/bulk_import', { contacts: rows }, anything);
  }
}

let edits = 0;

/** Another number at every call. */
function phone(index: number): string {
  edits += 1;
  return `+49 30 ${String(edits).padStart(6, '0')} ${index}`;
}

/** Asks for a lead of each contact, as an automation's webhook step does, some at a time. */
export async function requestLeads(url: string, contacts: readonly { readonly id: string }[]): Promise<void> {
  const waiting = contacts[Symbol.iterator]();
  const send = async () => {
    for (const { id } of waiting) {
      const response = await fetch(url, { method: 'POST', body: new URLSearchParams({ 'contact[id]': id }) });
      await response.body?.cancel();
      if (!response.ok) throw new Error(`The create hook answered ${response.status}.`);
    }
  };
  await Promise.all(Array.from({ length: 8 }, send));
}
