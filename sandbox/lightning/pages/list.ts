import { html } from '../../common/html.ts';
import type { Html } from '../../common/html.ts';
import type { SandboxOrg } from '../../salesforce/org/org.ts';
import { isSeen, labelOf, textOf } from '../records/fields.ts';
import { readRecords, seenFields } from '../records/read.ts';
import type { RecordRead } from '../records/read.ts';
import type { Viewer } from '../shell/viewer.ts';
import { listPath, pluralOf, recordPath } from './navigation.ts';
import type { ObjectName } from './navigation.ts';

const COLUMNS: Readonly<Record<ObjectName, readonly string[]>> = {
  Lead: ['Company', 'Email', 'Phone', 'Status', 'ActiveCampaign_Sync_Status__c'],
  Contact: ['AccountId', 'Email', 'Phone', 'ActiveCampaign_Sync_Status__c'],
  Account: ['Industry', 'Phone', 'ActiveCampaign_Sync_Status__c'],
};
const SEARCHED: Readonly<Record<ObjectName, readonly string[]>> = {
  Lead: ['Name', 'Email', 'Company'],
  Contact: ['Name', 'Email'],
  Account: ['Name'],
};
const PAGE_SIZE = 25;

/** The condition for a search, with the text as SOQL takes it in a LIKE. */
function whereOf(object: ObjectName, search: string): string {
  if (search === '') return '';
  const escaped = search.replace(/[\\'%_]/g, (character) => `\\${character}`);
  return `WHERE ${SEARCHED[object].map((field) => `${field} LIKE '%${escaped}%'`).join(' OR ')} `;
}

function addressOf(object: ObjectName, search: string, page: number): string {
  const query = new URLSearchParams({
    ...(search !== '' && { q: search }),
    ...(page > 1 && { page: String(page) }),
  });
  return `${listPath(object)}${query.size > 0 ? `?${query.toString()}` : ''}`;
}

function row(viewer: Viewer, record: RecordRead, columns: RecordRead['fields']): Html {
  const name = html`<a href="${recordPath(record.object.name, record.id)}"
    >${record.value('Name')?.toString()}</a
  >`;
  return html`<tr>
    <th scope="row">${name}</th>
    ${columns.map((field) => {
      const text = record.nameOf(field) ?? textOf(viewer, record.object, field, record.value(field.name));
      return html`<td data-label="${labelOf(viewer, record.object, field)}">${text}</td>`;
    })}
  </tr>`;
}

/** A page of an object's records by name, those that a search finds or all. @param page from 1 */
export function listPage(
  org: SandboxOrg,
  viewer: Viewer,
  name: ObjectName,
  { search, page }: { search: string; page: number },
): Html {
  const object = org.schema.object(name);
  if (object === undefined) throw new Error(`The org has no ${name}.`);
  const { texts } = viewer;
  const fields = seenFields(viewer, object, ['Name', ...COLUMNS[name]]);
  const tail = `${whereOf(name, search)}ORDER BY Name LIMIT ${PAGE_SIZE + 1} OFFSET ${(page - 1) * PAGE_SIZE}`;
  const found = readRecords(org, viewer, object, fields, tail);
  const records = found.slice(0, PAGE_SIZE);
  const columns = fields.filter((field) => field.name !== 'Name' && isSeen(viewer, object, field));
  const nameField = object.field('Name');
  return html`<div class="shell-head">
      <h1 class="shell-title">${pluralOf(viewer, name)}</h1>
      <a class="slds-button slds-button_neutral" href="/lightning/o/${name}/new">${texts.create}</a>
    </div>
    <form class="list-search" role="search" method="get" action="${listPath(name)}">
      <label for="q">${texts.search}</label>
      <input class="slds-input" id="q" name="q" type="search" value="${search}" />
      <button class="slds-button slds-button_neutral">${texts.search}</button>
    </form>
    ${
      records.length === 0
        ? html`<p class="shell-empty">${texts.noRecords}</p>`
        : html`<div class="list-scroll">
            <table class="shell-table">
              <caption class="slds-assistive-text">
                ${pluralOf(viewer, name)}
              </caption>
              <thead>
                <tr>
                  <th scope="col">${nameField && labelOf(viewer, object, nameField)}</th>
                  ${columns.map((field) => html`<th scope="col">${labelOf(viewer, object, field)}</th>`)}
                </tr>
              </thead>
              <tbody>
                ${records.map((record) => row(viewer, record, columns))}
              </tbody>
            </table>
          </div>`
    }
    <p class="list-pages">
      ${page > 1 && html`<a href="${addressOf(name, search, page - 1)}">${texts.previous}</a>`}
      ${found.length > PAGE_SIZE && html`<a href="${addressOf(name, search, page + 1)}">${texts.next}</a>`}
    </p>`;
}
