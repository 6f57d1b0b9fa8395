/** A codicon beside words that say the same, so it is hidden from screen readers. */
export function Icon({ name }: { readonly name: string }) {
  if (name === "") return null;
  const spin = name === "loading" ? " codicon-modifier-spin" : "";
  return <span class={`codicon codicon-${name}${spin}`} aria-hidden="true" />;
}
