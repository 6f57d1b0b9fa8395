/** A bar from the left, `share` from 0 to 1; the number beside it says the same. */
export function Bar({ share, isShrink }: { readonly share: number; readonly isShrink: boolean }) {
  const percent = share === 0 ? 0 : Math.max(1, Math.round(share * 100));
  return (
    <svg class={isShrink ? "bar shrink" : "bar"} aria-hidden="true" focusable="false">
      <rect width={`${percent}%`} height="100%" />
    </svg>
  );
}
