/** Content security policy of the page, one entry per directive; also what a `<meta>` element may carry. */
const directives = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "worker-src 'self'",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types cartkin-worker',
]

/** For the page's `<meta http-equiv>`, so that the policy also holds on hosts that cannot set headers. */
export const contentSecurityPolicy = directives.join('; ')

/**
 * Response headers for every file of the dashboard. The opener and embedder policies make the page cross-origin
 * isolated, so that work can be cancelled through shared memory.
 */
export const securityHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': `${contentSecurityPolicy}; frame-ancestors 'none'`,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
}
