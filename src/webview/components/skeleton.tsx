/** The panel's outline, shown until the extension has answered. */
export function Skeleton() {
  return (
    <main class="skeleton" aria-busy="true" aria-label="Loading" data-testid="skeleton">
      <div class="ghost title" />
      <div class="ghost figures" />
      <div class="ghost chart" />
      <div class="ghost row" />
      <div class="ghost row" />
      <div class="ghost row" />
    </main>
  );
}
