interface WarningNoticeProps {
  readonly count: number
  readonly show: () => void
}

/** Says that the text being run has warnings, and leads to them. */
export function WarningNotice({ count, show }: WarningNoticeProps) {
  return (
    <p class="stale notice">
      {count === 1 ? '1 warning' : `${count} warnings`} about the model text.
      <button type="button" class="button small" onClick={show}>
        Show
      </button>
    </p>
  )
}
