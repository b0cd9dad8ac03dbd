import { join } from 'node:path';
import { z } from 'zod';
import { readMetadata } from './xml.ts';

const criterion = z.object({
  leftValue: z.string(),
  operator: z.enum(['EQUAL', 'NE']),
  rightValue: z.string(),
});

const flexipageXml = z.object({
  FlexiPage: z.object({
    masterLabel: z.string(),
    sobjectType: z.string().optional(),
    type: z.enum(['RecordPage', 'AppPage', 'HomePage']),
    flexiPageRegions: z.array(
      z.object({
        name: z.string(),
        itemInstances: z
          .array(
            z.object({
              componentInstance: z.object({
                componentName: z.string(),
                componentInstanceProperties: z
                  .array(z.object({ name: z.string(), value: z.string().default('') }))
                  .default([]),
                visibilityRule: z
                  .object({ booleanFilter: z.string().optional(), criteria: z.array(criterion) })
                  .optional(),
              }),
            }),
          )
          .default([]),
      }),
    ),
  }),
});

/** One component on a page. */
export interface PageItem {
  /** `force:detailPanel`, or the name of a Lightning web component. */
  readonly component: string;
  readonly properties: Readonly<Record<string, string>>;
  /** All must hold for the item to show. */
  readonly conditions: readonly z.infer<typeof criterion>[];
}

/** A page as the App Builder keeps it. */
export interface FlexiPage {
  readonly name: string;
  readonly label: string;
  readonly type: 'RecordPage' | 'AppPage' | 'HomePage';
  /** Of record pages. */
  readonly object: string | undefined;
  /** By region: `header`, `main`, `sidebar`. */
  readonly regions: ReadonlyMap<string, readonly PageItem[]>;
}

function itemsOf(
  instances: z.infer<typeof flexipageXml>['FlexiPage']['flexiPageRegions'][number]['itemInstances'],
): PageItem[] {
  return instances.map(
    ({ componentInstance: { componentName, componentInstanceProperties, visibilityRule } }) => {
      if (visibilityRule?.booleanFilter !== undefined)
        throw new Error(`${componentName}: the sandbox knows no filter logic in visibility rules.`);
      return {
        component: componentName.replace(/^c:/, ''),
        properties: Object.fromEntries(componentInstanceProperties.map(({ name, value }) => [name, value])),
        conditions: visibilityRule?.criteria ?? [],
      };
    },
  );
}

/** The Lightning pages of a package, by name. */
export function readFlexiPages(folder: string): ReadonlyMap<string, FlexiPage> {
  const files = readMetadata(join(folder, 'flexipages'), '.flexipage-meta.xml');
  return new Map(
    files.map(({ name, content }) => {
      const { FlexiPage: xml } = flexipageXml.parse(content);
      const regions = xml.flexiPageRegions.map(
        (region) => [region.name, itemsOf(region.itemInstances)] as const,
      );
      return [
        name,
        { name, label: xml.masterLabel, type: xml.type, object: xml.sobjectType, regions: new Map(regions) },
      ];
    }),
  );
}

const PERMISSION = /^\{!\$Permission\.CustomPermission\.(?:\w+__)?(\w+)\}$/;

/**
 * Whether an item shows to a user.
 * @throws Error for a condition about anything but a custom permission
 */
export function isVisible(item: PageItem, hasPermission: (name: string) => boolean): boolean {
  return item.conditions.every(({ leftValue, operator, rightValue }) => {
    const [, permission] = PERMISSION.exec(leftValue) ?? [];
    if (permission === undefined)
      throw new Error(`${item.component}: the sandbox cannot judge a visibility rule about ${leftValue}.`);
    const isEqual = String(hasPermission(permission)) === rightValue.toLowerCase();
    return operator === 'EQUAL' ? isEqual : !isEqual;
  });
}
