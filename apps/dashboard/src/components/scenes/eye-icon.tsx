/** An eye, open or crossed out. */
export function EyeIcon({ open }: { readonly open: boolean }) {
  return (
    <svg class="eye" viewBox="0 0 16 16" aria-hidden="true">
      <path d="M1 8c2-3.300 4.300-5 7-5s5 1.700 7 5c-2 3.300-4.300 5-7 5s-5-1.700-7-5z" />
      <circle cx="8" cy="8" r="2.200" />
      {!open && <path d="M3 14 13 2" />}
    </svg>
  )
}
