import { join } from 'node:path';
import { z } from 'zod';
import { readMetadata } from './xml.ts';

const layoutXml = z.object({
  Layout: z.object({
    layoutSections: z.array(
      z.object({
        label: z.string().optional(),
        style: z.string(),
        layoutColumns: z.array(
          z.union([
            z.object({
              layoutItems: z
                .array(z.object({ behavior: z.string().default('Readonly'), field: z.string().optional() }))
                .default([]),
            }),
            // An empty column is an empty text to the parser.
            z.string().transform(() => ({ layoutItems: [] })),
          ]),
        ),
      }),
    ),
  }),
});

export interface LayoutItem {
  readonly field: string;
  readonly isReadOnly: boolean;
  readonly isRequired: boolean;
}

export interface LayoutSection {
  readonly label: string;
  readonly items: readonly LayoutItem[];
}

/** The fields of the compound ones, in the order in which a page shows them. */
const COMPOUNDS: Readonly<Record<string, readonly string[]>> = {
  'Lead.Name': ['FirstName', 'LastName'],
  'Contact.Name': ['FirstName', 'LastName'],
  'Lead.Address': ['Street', 'City', 'State', 'PostalCode', 'Country'],
  'Contact.MailingAddress': [
    'MailingStreet',
    'MailingCity',
    'MailingState',
    'MailingPostalCode',
    'MailingCountry',
  ],
  'Contact.OtherAddress': ['OtherStreet', 'OtherCity', 'OtherState', 'OtherPostalCode', 'OtherCountry'],
  'Account.BillingAddress': [
    'BillingStreet',
    'BillingCity',
    'BillingState',
    'BillingPostalCode',
    'BillingCountry',
  ],
  'Account.ShippingAddress': [
    'ShippingStreet',
    'ShippingCity',
    'ShippingState',
    'ShippingPostalCode',
    'ShippingCountry',
  ],
};

function itemsOf(object: string, field: string, behavior: string): LayoutItem[] {
  const isRequired = behavior === 'Required';
  const parts = COMPOUNDS[`${object}.${field}`];
  if (parts === undefined) return [{ field, isReadOnly: behavior === 'Readonly', isRequired }];
  return parts.map((part) => ({
    field: part,
    isReadOnly: behavior === 'Readonly',
    isRequired: isRequired && part === 'LastName',
  }));
}

/** The page layouts of a package by object: what a record's details show, in which order. */
export function readLayouts(folder: string): ReadonlyMap<string, readonly LayoutSection[]> {
  const files = readMetadata(join(folder, 'layouts'), '.layout-meta.xml');
  return new Map(
    files.map(({ name, content }) => {
      const [object = ''] = name.split('-');
      const { layoutSections } = layoutXml.parse(content).Layout;
      const sections = layoutSections.map(({ label, layoutColumns }) => ({
        label: label ?? '',
        items: layoutColumns.flatMap(({ layoutItems }) =>
          layoutItems.flatMap(({ field, behavior }) =>
            field === undefined ? [] : itemsOf(object, field, behavior),
          ),
        ),
      }));
      return [object, sections.filter(({ items }) => items.length > 0)];
    }),
  );
}
