/** A resource's links: each name with its address below the resource's own. */
export function links(base: string, resource: string, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, `${base}/api/3/${resource}/${name}`]));
}
