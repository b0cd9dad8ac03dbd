import { html } from '../../common/html.ts';
import type { Html } from '../../common/html.ts';
import type { SandboxOrg } from '../../salesforce/org/org.ts';
import type { PackageUi } from '../metadata/package-ui.ts';
import { labelOf, textOf } from '../records/fields.ts';
import { readRecord, readRecords, seenFields } from '../records/read.ts';
import type { RecordRead } from '../records/read.ts';
import type { Viewer } from '../shell/viewer.ts';
import { detailsPanel } from './details.ts';
import { recordPath } from './navigation.ts';
import type { ObjectName } from './navigation.ts';
import { LEFT_OUT, regionOf } from './regions.ts';

/** What stands at the top of a record's page, beside its name. */
const HIGHLIGHTS: Readonly<Record<ObjectName, readonly string[]>> = {
  Lead: ['Company', 'Email', 'Phone', 'ActiveCampaign_Sync_Status__c'],
  Contact: ['AccountId', 'Email', 'Phone', 'ActiveCampaign_Sync_Status__c'],
  Account: ['Industry', 'Phone', 'Website', 'ActiveCampaign_Sync_Status__c'],
};
const RELATED_SHOWN = 10;

function layoutFields(ui: PackageUi, object: ObjectName): string[] {
  return (ui.layouts.get(object) ?? []).flatMap(({ items }) => items.map(({ field }) => field));
}

/** A record with everything that its page shows. */
export function readForPage(
  org: SandboxOrg,
  viewer: Viewer,
  ui: PackageUi,
  object: ObjectName,
  id: string,
): RecordRead | undefined {
  const record = readRecord(org, viewer, id, ['Name', ...HIGHLIGHTS[object], ...layoutFields(ui, object)]);
  return record?.object.name === object ? record : undefined;
}

export function nameOf(record: RecordRead): string {
  return String(record.value('Name') ?? '');
}

function highlights(viewer: Viewer, record: RecordRead, object: ObjectName): Html {
  const fields = record.fields.filter(({ name }) => HIGHLIGHTS[object].includes(name));
  return html`<section id="highlights" class="slds-card shell-card highlights" aria-labelledby="record-name">
    <p class="highlights__kind">${viewer.translate(record.object.label)}</p>
    <h1 id="record-name" class="shell-title">${nameOf(record)}</h1>
    <dl class="highlights__fields">
      ${fields.map((field) => {
        const text = record.nameOf(field) ?? textOf(viewer, record.object, field, record.value(field.name));
        return html`<div>
          <dt>${labelOf(viewer, record.object, field)}</dt>
          <dd>${text === '' ? '–' : text}</dd>
        </div>`;
      })}
    </dl>
  </section>`;
}

/** An account's contacts; the other objects have nothing related that the shell shows. */
function related(org: SandboxOrg, viewer: Viewer, record: RecordRead): Html {
  const contact = org.schema.object('Contact');
  if (record.object.name !== 'Account' || contact === undefined) return html``;
  const fields = seenFields(viewer, contact, ['Name', 'Email']);
  const tail = `WHERE AccountId = '${record.id}' ORDER BY Name LIMIT ${RELATED_SHOWN}`;
  const contacts = readRecords(org, viewer, contact, fields, tail);
  return html`<section id="related" class="slds-card shell-card" aria-labelledby="related-title">
    <h2 id="related-title">${viewer.texts.contacts}</h2>
    ${
      contacts.length === 0
        ? html`<p class="shell-empty">${viewer.texts.noRecords}</p>`
        : html`<ul class="related">
            ${contacts.map(
              (one) =>
                html`<li>
                  <a href="${recordPath('Contact', one.id)}">${nameOf(one)}</a>
                  <span>${String(one.value('Email') ?? '')}</span>
                </li>`,
            )}
          </ul>`
    }
  </section>`;
}

/**
 * A record's page as the package's Lightning page for its object lays it out: header, main column, side column.
 * @param panel stands where the details do, such as a form.
 */
export function recordPage(
  org: SandboxOrg,
  viewer: Viewer,
  ui: PackageUi,
  record: RecordRead,
  { object, panel }: { object: ObjectName; panel?: Html },
): Html {
  const layout = ui.layouts.get(object) ?? [];
  const standard = {
    ...LEFT_OUT,
    'force:highlightsPanel': () => highlights(viewer, record, object),
    'force:detailPanel': () => panel ?? detailsPanel(viewer, record, layout),
    'force:relatedListContainer': () => related(org, viewer, record),
  };
  const page = [...ui.pages.values()].find(({ type, object: of }) => type === 'RecordPage' && of === object);
  if (page === undefined)
    return html`${standard['force:highlightsPanel']()}${standard['force:detailPanel']()}`;
  const given = { recordId: record.id, objectApiName: object };
  const region = (name: string): Html[] => regionOf(viewer, page, name, standard, given);
  const sidebar = region('sidebar');
  const hasSidebar = sidebar.some(({ text }) => text !== '');
  return html`<div class="record-header">${region('header')}</div>
    <div class="record-columns${hasSidebar && ' record-columns_two'}">
      <div class="record-column">${region('main')}</div>
      ${hasSidebar && html`<div class="record-column">${sidebar}</div>`}
    </div>`;
}
