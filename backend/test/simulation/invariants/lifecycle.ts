import { name, type Evidence, type Invariant, type LinkRow } from '../evidence.ts';
import { heirsOf } from '../persons.ts';
import type { Snapshot } from '../records.ts';

/** A link ends with its records, or follows the person to where the record went. */
export const lifecycle: Invariant = (evidence) => [
  ...ghosts(evidence),
  ...heirs(evidence),
  ...gone(evidence),
];

/** Living links to Salesforce records that are deleted, merged into others or converted. */
function ghosts({ links, salesforce }: Evidence): string[] {
  return links.flatMap(({ state, object, salesforce: id }) => {
    const record = salesforce.get(`${object}/${id}`);
    return state === 'linked' && record?.isGone === true
      ? [`A link still leads to ${name(record)}, which is gone.`]
      : [];
  });
}

/** Whoever was linked is linked where the record went, as long as that is synced at all. */
function heirs({ links, salesforce, platform }: Evidence): string[] {
  return links.flatMap(({ state, object, salesforce: id, platform: contact }) => {
    if (state !== 'stopped' || object === 'Account' || !platform.has(`contact/${contact}`)) return [];
    const record = salesforce.get(`${object}/${id}`);
    if (record === undefined || record.heir === null) return [];
    const heirs = heirsOf(record, salesforce);
    const heir = heirs.at(-1);
    // One on the way may have kept a link of its own, which has ended since.
    if (heir === undefined || heir.isGone || heirs.some((other) => other && hasLink(links, other))) return [];
    // The person may be linked by another record that has the address.
    if (links.some((link) => link.state === 'linked' && link.platform === contact)) return [];
    return [`${name(record)} was linked and became ${name(heir)}, which nobody is linked to.`];
  });
}

/** Whether the record has, or had, a link of its own: a Lead's may have gone to its person's Contact. */
function hasLink(links: readonly LinkRow[], { kind, id }: Snapshot): boolean {
  return links.some(
    ({ state, object, salesforce }) => state !== 'candidate' && object === kind && salesforce === id,
  );
}

/** Links to contacts that somebody had looked at after they were deleted. */
function gone({ links, played, tenant, platform }: Evidence): string[] {
  const { world } = played;
  return world.looks.flatMap(({ tenant: of, contact, order }) => {
    if (of !== tenant.name || platform.has(`contact/${contact}`)) return [];
    const wasThere = (world.deletions.get(`${tenant.name} contact/${contact}`) ?? Infinity) > order;
    const link = links.find(
      (row) => row.state === 'linked' && row.object !== 'Account' && row.platform === contact,
    );
    return wasThere || link === undefined
      ? []
      : [
          `${link.object}/${link.salesforce} is still linked to contact/${contact}, which is deleted and was looked at.`,
        ];
  });
}
