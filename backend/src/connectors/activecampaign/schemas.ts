import { z } from 'zod';

type Checked = Parameters<Parameters<typeof z.transform>[0]>[1];

/** A page has thousands of these, and one function each takes less than half the time of unions in pipes. */
function textOf(value: unknown, { issues }: Checked): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  issues.push({ code: 'invalid_type', expected: 'string', input: value });
  return z.NEVER;
}

/** Ids are text in most answers and numbers in some. */
export const id = z.transform(textOf);

const text = z.transform((value, checked) =>
  value === null || value === undefined ? '' : textOf(value, checked),
);

const total = z.union([z.string(), z.number()]).transform(Number);

/** Rows that a call without them leaves out. */
const rows = <S extends z.ZodType>(row: S) =>
  z
    .array(row)
    .nullish()
    .transform((list) => list ?? []);

const contact = z.object({
  id,
  email: text,
  firstName: text,
  lastName: text,
  phone: text,
  /** Last change, ISO with the account's offset. */
  udate: text,
});
export type ContactRow = z.output<typeof contact>;

/** `GET /contacts` with `include=fieldValues,accountContacts.account,contactTags.tag`. */
export const contactPage = z.object({
  contacts: z.array(contact),
  fieldValues: rows(z.object({ contact: id, field: id, value: text })),
  accountContacts: rows(z.object({ contact: id, account: id })),
  accounts: rows(z.object({ id, name: text })),
  contactTags: rows(z.object({ id, contact: id, tag: id })),
  tags: rows(z.object({ id, tag: text })),
  meta: z.object({ total }),
});
export type ContactRows = z.output<typeof contactPage>;

/** `GET /contacts` for identity alone. */
export const identityPage = z.object({ contacts: z.array(z.object({ id, email: text })) });

/** What a saved contact answers, by upsert or by id. */
export const savedContact = z.object({ contact: z.object({ id }) });

/** `GET /fields`. */
export const fieldPage = z.object({
  fields: z.array(z.object({ id, title: text, type: text })),
  fieldOptions: rows(z.object({ field: id, value: text, orderid: z.coerce.number().catch(0) })),
});

/** `GET /accountCustomFieldMeta`. */
export const accountFieldPage = z.object({
  accountCustomFieldMeta: z.array(
    z.object({
      id,
      fieldLabel: text,
      fieldType: text,
      fieldOptions: rows(id),
      fieldDefaultCurrency: text,
    }),
  ),
});

/** `GET /accountCustomFieldData`: text, a number (money in cents), or a list of options. */
export const accountDataPage = z.object({
  accountCustomFieldData: z.array(
    z.object({
      accountId: id,
      customFieldId: id,
      fieldValue: z.union([z.string(), z.number().transform(String), z.array(z.string()), z.null()]),
    }),
  ),
});

const account = z.object({ id, name: text, accountUrl: text, updatedTimestamp: text });

export const accountPage = z.object({ accounts: z.array(account), meta: z.object({ total }) });
export const savedAccount = z.object({ account: z.object({ id }) });

export const relationPage = z.object({ accountContacts: z.array(z.object({ id, account: id })) });

export const tagPage = z.object({ tags: z.array(z.object({ id, tag: z.string() })) });
export const savedTag = z.object({ tag: z.object({ id }) });

/** An answer in which nothing is of interest. */
export const anything = z.unknown();

/** `POST /import/bulk_import`. */
export const importAnswer = z.object({ batchId: z.string() });

/** `GET /import/info`; `false` for a batch that is not known yet. */
export const importInfo = z.union([
  z.literal(false).transform(() => null),
  z.object({
    status: z.union([z.string(), z.boolean()]).transform(String),
    success: rows(id),
    failure: rows(z.string()),
  }),
]);
export type ImportInfo = NonNullable<z.output<typeof importInfo>>;

/** A refused import: contacts by their place, from 1, or sentences about the whole. */
export const importRefusal = z.object({
  failureReasons: z.array(
    z.union([z.object({ contact: z.coerce.number(), failureReason: text }), z.string()]),
  ),
});

/** `GET /users/me` and `GET /settings/account`. */
export const me = z.object({
  user: z.object({ username: text, firstName: text, lastName: text, email: text }),
});
export const accountSettings = z.object({
  account: text,
  cname: text,
  subscriber_limit: z.coerce.number().nullish().catch(null),
});
