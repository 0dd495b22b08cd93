/** A text whose slurs are blurred for readers who want it so; `slurs` are words as they stand in it. */
export function VeiledText({ text, slurs }: { readonly text: string; readonly slurs: readonly string[] }) {
  const known = slurs.filter((slur) => slur !== '' && text.includes(slur));
  if (known.length === 0) return <>{text}</>;
  // The longest first: one may stand within another.
  const all = known
    .toSorted((a, b) => b.length - a.length)
    .map((slur) => slur.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return (
    <>
      {text
        .split(new RegExp(`(${all.join('|')})`, 'u'))
        .map((part, at) => (at % 2 === 0 ? part : <span class="veiled">{part}</span>))}
    </>
  );
}

/** The words of a text at these places. */
export function slursOf(
  text: string,
  places: readonly { readonly start: number; readonly end: number }[],
): string[] {
  return [...new Set(places.map(({ start, end }) => text.slice(start, end)))].filter(
    (slur) => slur.trim() !== '',
  );
}
