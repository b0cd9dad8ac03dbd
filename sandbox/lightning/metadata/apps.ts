import { join } from 'node:path';
import { z } from 'zod';
import { readMetadata } from './xml.ts';

const appXml = z.object({
  CustomApplication: z.object({
    label: z.string(),
    description: z.string().default(''),
    tabs: z.array(z.string()).default([]),
  }),
});
const tabXml = z.object({
  CustomTab: z.object({
    label: z.string().optional(),
    flexiPage: z.string().optional(),
    lwcComponent: z.string().optional(),
  }),
});

/** An app of the App Launcher. */
export interface App {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly tabs: readonly string[];
}

/** A tab that shows a Lightning page, or one component alone. */
export interface Tab {
  readonly name: string;
  readonly label: string;
  readonly flexiPage: string | undefined;
  readonly component: string | undefined;
}

export function readApps(folder: string): App[] {
  return readMetadata(join(folder, 'applications'), '.app-meta.xml').map(({ name, content }) => {
    const { label, description, tabs } = appXml.parse(content).CustomApplication;
    return { name, label, description, tabs };
  });
}

export function readTabs(folder: string): ReadonlyMap<string, Tab> {
  const files = readMetadata(join(folder, 'tabs'), '.tab-meta.xml');
  return new Map(
    files.map(({ name, content }) => {
      const { label, flexiPage, lwcComponent } = tabXml.parse(content).CustomTab;
      return [name, { name, label: label ?? name, flexiPage, component: lwcComponent }];
    }),
  );
}
