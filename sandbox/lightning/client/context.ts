/** What the page says about itself and the user, set before any module runs. */
export interface SandboxContext {
  readonly userId: string;
  /** Such as `es`. */
  readonly language: string;
  /** Such as `es-ES`. */
  readonly locale: string;
  /** Such as `Europe/Madrid`. */
  readonly timeZone: string;
  /** Names of the user's custom permissions, in lower case. */
  readonly permissions: readonly string[];
  /** Where this page is, in the words of `lightning/navigation`. */
  readonly pageReference: PageReference;
  /** Names of icons and controls of the page itself, in the user's language. */
  readonly texts: { readonly close: string; readonly failed: string };
}

export interface PageReference {
  readonly type: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly state: Readonly<Record<string, string>>;
}

declare global {
  var sandboxContext: SandboxContext;
}
