export interface Toast {
  readonly title?: string;
  readonly message?: string;
  /** `info` by default. */
  readonly variant?: 'info' | 'success' | 'warning' | 'error';
  /** `dismissible` by default: goes by itself after a few seconds, or when it is closed. */
  readonly mode?: 'dismissible' | 'pester' | 'sticky';
  /** What `{0}`, `{1}` in the message stand for. */
  readonly messageData?: readonly (string | { readonly url: string; readonly label: string })[];
}

export const TOAST = 'lightning__showtoast';

/** `lightning/platformShowToastEvent`. */
export class ShowToastEvent extends CustomEvent<Toast> {
  constructor(toast: Toast) {
    super(TOAST, { bubbles: true, composed: true, cancelable: true, detail: toast });
  }
}
