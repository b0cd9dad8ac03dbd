import type { ErrorCode } from '../lib/errors.ts';
import type { MappingProblem } from '../sync/pairs.ts';
import { inSequence } from '../words/several.ts';
import { sentence, type Sentence, type Told } from '../words/told.ts';

/** What a run that succeeded had to do without, for people. */
export interface Notice {
  readonly code: ErrorCode;
  readonly message: Told;
}

const noAccounts: Notice = {
  code: 'SYNC_PLATFORM_ACCOUNTS_MISSING',
  message: sentence(
    'The platform’s plan has no accounts, or the key’s user may not see them: accounts are not synced.',
  ),
};

/**
 * Of accounts that do not exist, and of all rows that runs have to do without; a warning of setup is none. Its code is
 * that of what comes first.
 */
export function noticeOf(
  problems: readonly MappingProblem[],
  { lacksAccounts }: { lacksAccounts: boolean },
): Notice | null {
  const rows = problems.filter(
    ({ severity, platform }) => severity === 'error' && !(lacksAccounts && platform === 'account'),
  );
  const notices = [
    ...(lacksAccounts ? [noAccounts] : []),
    ...rows.map((problem) => ({ code: codeOf(problem), message: wordsOf(problem) })),
  ];
  const [first] = notices;
  return first === undefined
    ? null
    : { code: first.code, message: inSequence(notices.map(({ message }) => message)) };
}

function codeOf({ code }: MappingProblem): ErrorCode {
  switch (code) {
    case 'salesforce_field_unknown':
      return 'SYNC_SALESFORCE_FIELD_UNKNOWN';
    case 'platform_field_unknown':
      return 'SYNC_PLATFORM_FIELD_UNKNOWN';
    case 'direction_unsupported':
      return 'SYNC_SALESFORCE_FIELD_READ_ONLY';
    case 'selection_invalid':
    case 'selection_rule_invalid':
      return 'SYNC_SELECTION_INVALID';
    default:
      return 'SYNC_MAPPING_INVALID';
  }
}

function wordsOf({ code, ...problem }: MappingProblem): Sentence {
  const object = sentence(problem.object);
  const [salesforce, platform] = [problem.salesforce ?? '', problem.platform ?? ''];
  switch (code) {
    case 'salesforce_field_unknown':
      return sentence(
        '{object}: Salesforce has no field “{field}”, or the integration user may not see it.',
        { object, field: salesforce },
      );
    case 'platform_field_unknown':
      return sentence('{object}: The platform has no field “{field}”; it may have been deleted there.', {
        object,
        field: platform,
      });
    case 'direction_unsupported':
      return sentence('{object}: “{field}” cannot be written in Salesforce.', { object, field: salesforce });
    case 'email_missing':
      return sentence('{object}: No email field is mapped to the platform’s email address.', { object });
    case 'account_name_missing':
      return sentence('{object}: Account Name is not mapped.', { object });
    case 'selection_invalid':
    case 'selection_rule_invalid':
      return sentence('{object}: The selection has rules that Salesforce cannot answer.', { object });
    default:
      return sentence('{object}: “{salesforce}” and “{platform}” cannot be mapped to each other.', {
        object,
        salesforce,
        platform,
      });
  }
}
