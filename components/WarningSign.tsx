/** A line drawing of 16 by 16, apart from the other icons: the banner of every page needs it alone. */
export function WarningSign() {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d="M8 2.2 14.2 13H1.8zM8 6.4v3.2M8 11.2v.3" />
    </svg>
  );
}
