/** The part of the Trusted Types interface that the page uses; TypeScript's DOM library does not have it yet. */
interface TrustedTypesFactory {
  /** Values made by a policy are opaque objects that print as the text they were made from. */
  createPolicy(
    name: string,
    rules: { readonly createScriptURL: (url: string) => string },
  ): { createScriptURL(url: string): string }
}

interface Window {
  readonly trustedTypes?: TrustedTypesFactory
}
