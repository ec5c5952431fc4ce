/** The mark: a pane of glass with a cursor behind it. */
export function Brand() {
  return (
    <span class="brand">
      <svg class="brand-mark" viewBox="0 0 24 24" aria-hidden="true">
        <rect x="2.75" y="3.75" width="18.5" height="16.5" rx="3.25" />
        <path d="M7 9l3.25 3L7 15M12.75 15.25H17" />
      </svg>
      virtglass
    </span>
  );
}
