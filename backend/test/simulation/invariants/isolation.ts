import { name, show, type Invariant } from '../evidence.ts';

/** 9. Nothing of one customer comes to another: every value names its own. */
export const isolation: Invariant = ({ played, tenant, changes, foreignRows }) => {
  const others = played.world.bench.tenants.filter((other) => other !== tenant);
  const leaks = changes.flatMap((change) => {
    const { after } = change;
    if (change.cause !== 'sync' || typeof after !== 'string') return [];
    if (!others.some((other) => after.includes(other.name))) return [];
    return [`The sync set ${name(change, change.field ?? '')} of ${tenant.name} to ${show(after)}.`];
  });
  return foreignRows === 0 ? leaks : [...leaks, `${tenant.name} sees ${foreignRows} rows of others.`];
};
