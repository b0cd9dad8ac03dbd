import { platformTags } from '../../../src/engine/tags.ts';
import { name, type Evidence, type Invariant } from '../evidence.ts';
import { isSurvivor } from '../persons.ts';

/** What the sync made of a contact is told by a tag on it, however often the tag could not be set at first. */
export const tags: Invariant = (evidence) => [...added(evidence), ...converted(evidence)];

function added({ changes, links, tenant, salesforce, platform }: Evidence): string[] {
  return changes.flatMap((change) => {
    const { field, cause, kind, id, side } = change;
    if (
      field !== null ||
      cause !== 'sync' ||
      side !== 'salesforce' ||
      (kind !== 'Lead' && kind !== 'Contact')
    )
      return [];
    const link = links.find((row) => row.state === 'linked' && row.object === kind && row.salesforce === id);
    const record = salesforce.get(`${kind}/${id}`);
    if (link?.platform == null || record === undefined || !platform.has(`contact/${link.platform}`))
      return [];
    // It may go on with the contact of a record that was merged into it.
    if (isSurvivor(record, salesforce)) return [];
    const tag = platformTags.added[kind];
    return tenant.platform.tagsOf(link.platform).includes(tag)
      ? []
      : [`${name(record)} was created from contact/${link.platform}, which lacks the tag ${tag}.`];
  });
}

function converted({ links, tenant, salesforce, platform }: Evidence): string[] {
  return links.flatMap(({ state, object, salesforce: id, platform: contact }) => {
    if (state !== 'linked' || object !== 'Contact' || contact === null || !platform.has(`contact/${contact}`))
      return [];
    const wasSyncedLead = [...salesforce.values()].some(
      (record) =>
        record.kind === 'Lead' &&
        record.heir === id &&
        record.marks.includes(`"${contact}"`) &&
        !links.some((row) => row.object === 'Lead' && row.salesforce === record.id),
    );
    return !wasSyncedLead || tenant.platform.tagsOf(contact).includes(platformTags.converted)
      ? []
      : [`${object}/${id} was a Lead, but contact/${contact} lacks the tag ${platformTags.converted}.`];
  });
}
