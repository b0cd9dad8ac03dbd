/**
 * A browser for programs that open one: logs in at the address it is given, allows access, and follows the way back.
 * Usage: node answering-browser.ts ADDRESS
 */
import { Browser } from '../../../scripts/browser/browser.ts';
import { answerSalesforce } from '../../../scripts/browser/salesforce.ts';
import { credentials } from '../../../scripts/stack/vendors.ts';

const address = process.argv.slice(2).find((word) => URL.canParse(word));
if (address === undefined) throw new Error('No address to open.');
await answerSalesforce(new Browser(), address, { username: credentials.admin, decision: 'allow' });
