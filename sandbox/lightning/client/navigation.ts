import type { PageReference } from './context.ts';

type Target = Partial<PageReference> & Pick<PageReference, 'type'>;

/** The address of a page reference in this shell. @throws Error for a type that it does not have */
function addressOf({ type, attributes = {}, state = {} }: Target): string {
  const part = (name: string): string => encodeURIComponent(attributes[name] ?? '');
  switch (type) {
    case 'standard__recordPage': {
      const object = attributes['objectApiName'] === undefined ? 'sObject' : part('objectApiName');
      return `/lightning/r/${object}/${part('recordId')}/${part('actionName') || 'view'}`;
    }
    case 'standard__objectPage':
      return `/lightning/o/${part('objectApiName')}/${part('actionName') || 'list'}`;
    case 'standard__navItemPage': {
      const query = new URLSearchParams(state).toString();
      return `/lightning/n/${part('apiName')}${query === '' ? '' : `?${query}`}`;
    }
    case 'standard__webPage':
      return attributes['url'] ?? '';
    default:
      throw new Error(`The sandbox has no page of the type ${type}.`);
  }
}

function navigate(target: Target, shouldReplace = false): void {
  const address = addressOf(target);
  if (target.type === 'standard__webPage') window.open(address, '_blank', 'noopener');
  else if (shouldReplace) location.replace(address);
  else location.assign(address);
}

const NAVIGATE: unique symbol = Symbol('Navigate');
const GENERATE_URL: unique symbol = Symbol('GenerateUrl');

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what TypeScript demands of a mixin's base, exactly so
type Constructor = new (...parameters: any[]) => object;

/** `lightning/navigation`: `this[NavigationMixin.Navigate](pageReference, replace?)`. */
export const NavigationMixin = Object.assign(
  <Base extends Constructor>(base: Base) =>
    class extends base {
      [NAVIGATE](target: Target, shouldReplace?: boolean): void {
        navigate(target, shouldReplace);
      }

      async [GENERATE_URL](target: Target): Promise<string> {
        return addressOf(target);
      }
    },
  { Navigate: NAVIGATE, GenerateUrl: GENERATE_URL },
);

/** The wire of that name: where this page is. */
export class CurrentPageReference {
  readonly #callback: (reference: PageReference) => void;

  constructor(callback: (reference: PageReference) => void) {
    this.#callback = callback;
  }

  connect(): void {
    this.#callback(globalThis.sandboxContext.pageReference);
  }

  update(): void {}
  disconnect(): void {}
}
