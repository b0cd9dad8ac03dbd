import type { FieldSchema, Row } from '../org/types.ts';

/** The parts of a compound address: property in the answer, and the component field's name after its prefix. */
const PARTS = [
  ['city', 'City'],
  ['country', 'Country'],
  ['geocodeAccuracy', 'GeocodeAccuracy'],
  ['latitude', 'Latitude'],
  ['longitude', 'Longitude'],
  ['postalCode', 'PostalCode'],
  ['state', 'State'],
  ['street', 'Street'],
] as const;

/** Reads a compound address (`Address`, `MailingAddress`, …) from its component fields; null where all are empty. */
export function addressReader(field: FieldSchema): (row: Row) => unknown {
  const prefix = field.name.replace(/Address$/, '');
  return (row) => {
    const address = PARTS.map(([key, part]) => [key, row[prefix + part] ?? null] as const);
    return address.every(([, value]) => value === null) ? null : Object.fromEntries(address);
  };
}
