import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { commands } from './commands.ts';
import { runSf } from './sf.ts';
import { keepAliases, packageName, stage } from './stage.ts';

/**
 * Usage: npm run package:create|version|promote|install, org:scratch|deploy [-- --unlocked --org ALIAS --version ID].
 * SYNCLINE_NAMESPACE and SYNCLINE_SERVICE_URL say whose package it is. docs/first-org.md tells the whole way.
 */
const root = join(import.meta.dirname, '..', '..');
try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      unlocked: { type: 'boolean', default: false },
      org: { type: 'string', default: '' },
      version: { type: 'string', default: '' },
    },
  });
  const [name = ''] = positionals;
  const command = commands[name];
  if (command === undefined) throw new Error(`Name one of: ${Object.keys(commands).join(', ')}.`);
  const type = values.unlocked ? ('Unlocked' as const) : ('Managed' as const);
  const namespace = process.env['SYNCLINE_NAMESPACE'] ?? '';
  const { org, version } = values;
  const steps = command({ type, packageName: packageName(root, type), namespace, org, version });
  const project = join(root, '.data', 'package', type.toLowerCase());
  stage(root, project, { type, namespace, serviceUrl: process.env['SYNCLINE_SERVICE_URL'] ?? '' });
  try {
    for (const step of steps) runSf(project, step);
  } finally {
    keepAliases(root, project);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
