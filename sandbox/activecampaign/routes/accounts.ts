import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { VendorError, invalid, noResult } from '../http/errors.ts';
import { id, maybeId, text, unwrap } from '../http/input.ts';
import { Query, paged } from '../http/query.ts';
import { API, actorOf } from '../http/site.ts';
import type { Site } from '../http/site.ts';
import type { Company } from '../state/companies.ts';
import type { DatumInput } from '../state/companyFields.ts';
import { accountContactView } from '../views/contact.ts';
import { companyView } from '../views/resources.ts';
import { datumView } from '../views/companyField.ts';
import { companyValue } from './accountFields.ts';

const companySchema = z.object({
  name: text.optional(),
  accountUrl: text.nullable().optional(),
  owner: maybeId,
  fields: z
    .array(z.object({ customFieldId: id, fieldValue: companyValue, fieldCurrency: text.optional() }))
    .optional(),
});

type CompanyInput = z.output<typeof companySchema>;
type CompanyId = { Params: { id: string } };

/** The CRM's accounts: companies with unique names. */
export function accountRoutes(app: FastifyInstance, site: Site): void {
  app.get(`${API}/accounts`, async (request) => {
    const query = new Query(request);
    const search = (query.get('search') ?? '').toLowerCase();
    const { companies } = site.account;
    const all = companies.companies.all().filter(({ name }) => name.toLowerCase().includes(search));
    const { rows, meta } = paged(all, query);
    const counted = query.get('count_deals') === 'true';
    return {
      accounts: rows.map((row) => companyView(row, counted ? companies.contactCount(row) : 0, site.base)),
      meta,
    };
  });

  app.post(`${API}/accounts`, async (request, reply) => {
    const input = unwrap(request.body, 'account', companySchema);
    const { name = '' } = input;
    if (name === '') throw invalid('The account name was not provided.', 'field_missing', 'name');
    mustBeFree(site, name);
    const { companies, time } = site.account;
    const actor = actorOf(site, request);
    const company = companies.create(
      { name, url: input.accountUrl ?? null, owner: input.owner ?? 1 },
      time.now(),
      actor,
    );
    const fields = setData(site, company, input);
    return reply.code(201).send({ account: { ...companyView(company, 0, site.base), fields } });
  });

  app.delete(`${API}/accounts/bulk_delete`, async (request) => {
    for (const one of new Query(request).list('ids') ?? []) site.account.deleteCompany(Number(one));
    return { meta: { success: true } };
  });

  app.get<CompanyId>(`${API}/accounts/:id`, async (request) => {
    const company = companyOf(site, request.params.id);
    return { account: companyView(company, site.account.companies.contactCount(company), site.base) };
  });

  app.put<CompanyId>(`${API}/accounts/:id`, async (request) => {
    const company = companyOf(site, request.params.id);
    const input = unwrap(request.body, 'account', companySchema);
    const { name, owner, accountUrl: url } = input;
    if (name === '') throw invalid('The account name was not provided.', 'field_missing', 'name');
    if (name !== undefined) mustBeFree(site, name, company);
    const fields = setData(site, company, input);
    site.account.companies.update(
      company,
      {
        ...(name === undefined ? {} : { name }),
        ...(owner === undefined ? {} : { owner }),
        ...(url === undefined ? {} : { url }),
      },
      fields.map((field) => String(field.customFieldId)),
      site.account.time.now(),
      actorOf(site, request),
    );
    return { account: { ...companyView(company, 0, site.base), fields } };
  });

  app.delete<CompanyId>(`${API}/accounts/:id`, async (request) => {
    const company = companyOf(site, request.params.id);
    site.account.deleteCompany(company.id);
    return {};
  });

  app.get<CompanyId>(`${API}/accounts/:id/accountCustomFieldData`, async (request) => {
    const company = companyOf(site, request.params.id);
    const data = site.account.companyFields.dataOf(company.id);
    return { accountCustomFieldData: data.map((datum) => datumView(datum, site.base)) };
  });

  app.get<CompanyId>(`${API}/accounts/:id/accountContacts`, async (request) => {
    const company = companyOf(site, request.params.id);
    const relations = site.account.companies.relations.all().filter((row) => row.company === company.id);
    return { accountContacts: relations.map((row) => accountContactView(row, site.base)) };
  });
}

/** Sets the values in the body; fields that do not exist are passed over. */
function setData(site: Site, company: Company, input: CompanyInput) {
  return (input.fields ?? []).flatMap(({ customFieldId, fieldValue, fieldCurrency }) => {
    const { companyFields, time } = site.account;
    if (companyFields.fields.get(customFieldId) === undefined) return [];
    const datum: DatumInput = {
      company: company.id,
      field: customFieldId,
      value: fieldValue,
      currency: fieldCurrency?.toLowerCase() ?? null,
    };
    companyFields.set(datum, time.now());
    return [
      {
        customFieldId,
        fieldValue,
        ...(fieldCurrency === undefined ? {} : { fieldCurrency }),
        accountId: String(company.id),
      },
    ];
  });
}

function companyOf(site: Site, id: string): Company {
  const company = site.account.companies.companies.get(Number(id));
  if (company === undefined) throw noResult('CustomerAccount', id);
  return company;
}

function mustBeFree(site: Site, name: string, owner?: Company): void {
  const holder = site.account.companies.byName(name);
  if (holder === undefined || holder === owner) return;
  throw duplicateName(name);
}

function duplicateName(name: string): VendorError {
  return invalid(`An account named "${name}" already exists. Please choose a new name.`, 'duplicate', 'name');
}
