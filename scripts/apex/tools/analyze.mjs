#!/usr/bin/env node
// Runs Salesforce Code Analyzer on the package and fails on findings of severity 1 and 2.
// Usage: node scripts/apex/tools/analyze.mjs security|graph. `security` is PMD with its recommended, AppExchange and
// security rules, the regex rules and retire-js; `graph` follows data through the code (sfge). Exit code 77: no Java here.
// A finding is suppressed only beside the line that it is about, with its reason.
import { join } from 'node:path';
import { installOnce } from '../../install-once.mjs';
import { requireJava } from './java.mjs';

const folder = import.meta.dirname;
const root = join(folder, '..', '..', '..');
const WORST = 2;
/** A path through the code may take so long on a busy machine; one that is given up counts as a failure. */
const LONGEST_PATH_MS = 300_000;
const KINDS = {
  security: {
    engines: ['pmd', 'regex', 'retirejs'],
    selectors: ['pmd:Recommended', 'pmd:AppExchange', 'pmd:Security', 'regex:Recommended', 'retire-js'],
  },
  graph: { engines: ['sfge'], selectors: ['sfge:all'] },
};

const kind = KINDS[process.argv[2] ?? ''];
if (kind === undefined) {
  console.error(`Usage: node scripts/apex/tools/analyze.mjs ${Object.keys(KINDS).join('|')}`);
  process.exit(2);
}
requireJava();
installOnce(folder, 'the checks of Apex (first use, about a minute)');

const { CodeAnalyzer, CodeAnalyzerConfig, EventType } = await import('@salesforce/code-analyzer-core');
const analyzer = new CodeAnalyzer(
  CodeAnalyzerConfig.fromObject({ engines: { sfge: { java_thread_timeout: LONGEST_PATH_MS } } }),
);
const problems = [];
// A file that an engine cannot read is left out with no more than a line in its log.
analyzer.onEvent(EventType.EngineLogEvent, ({ engineName, logLevel, message }) => {
  if (logLevel <= 2) problems.push(`${engineName}: ${message}`);
});
for (const engine of kind.engines) {
  const { createEnginePlugin } = await import(`@salesforce/code-analyzer-${engine}-engine`);
  await analyzer.addEnginePlugin(createEnginePlugin());
}
const workspace = await analyzer.createWorkspace([join(root, 'force-app')]);
const rules = await analyzer.selectRules(kind.selectors, { workspace });
if (rules.getCount() === 0) problems.push(`No rule answers to ${kind.selectors.join(', ')}.`);
const results = await analyzer.run(rules, { workspace });

const findings = results.getViolations();
for (const finding of findings.filter((one) => one.getRule().getSeverityLevel() <= WORST)) {
  const place = finding.getPrimaryLocation();
  const where = `${place.getFile()?.replace(`${root}/`, '')}:${place.getStartLine()}`;
  problems.push(
    `${where}: ${finding.getMessage()} (${finding.getRule().getName()}, ${finding.getRule().getSeverityLevel()})`,
  );
}
for (const problem of problems) console.error(problem);
const milder = findings.filter((one) => one.getRule().getSeverityLevel() > WORST).length;
console.log(
  `${rules.getCount()} rules: ${problems.length} findings of severity 1 and 2 or failures, ${milder} milder ones.`,
);
process.exit(problems.length === 0 ? 0 : 1);
