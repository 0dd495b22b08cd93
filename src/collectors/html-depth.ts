/**
 * HTML parsers take time in proportion to tags times depth, so a page nested without end would stop everything.
 * This counts, in one pass, how deep a page nests, rather too deep than not deep enough.
 */
export function nestsDeeperThan(html: string, limit: number): boolean {
  const open: string[] = [];
  for (const [, slash, tag = ''] of html.matchAll(/<(\/?)([a-z][^\s/>]{0,40})/gi)) {
    const name = tag.toLowerCase();
    if (CLOSES_ITSELF.has(name)) continue;
    if (slash === '/') close(open, name);
    else if (open.push(name) > limit) return true;
  }
  return false;
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** Elements without content, and those whose end tag may be left out, which do not nest by themselves. */
const CLOSES_ITSELF = words(
  'area base basefont bgsound body br col colgroup dd dt embed frame head hr html image img input keygen li link meta optgroup option p param rb rp rt rtc source tbody td tfoot th thead tr track wbr',
);
/** Elements that the parser opens anew where they are closed out of order. */
const FORMATTING = words('a b big code em font i nobr s small strike strong tt u');
/** Elements that an end tag does not reach through. */
const BARRIERS = words('applet caption marquee object svg math table template select');
/** Elements that the end tag of an inline element does not reach through either. */
const BLOCKS = words(
  'address article aside blockquote button center details dialog dir div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup iframe listing main menu nav noscript ol plaintext pre script search section style summary textarea title ul xmp',
);
/** Open elements that an end tag is looked for in. */
const REACH = 32;

function close(open: string[], name: string): void {
  const block = BLOCKS.has(name) || BARRIERS.has(name);
  for (let at = open.length - 1; at >= 0 && at >= open.length - REACH; at--) {
    const node = open[at] ?? '';
    if (node === name) {
      open.length = at;
      return;
    }
    if (FORMATTING.has(name) || BARRIERS.has(node) || (!block && BLOCKS.has(node))) return;
  }
}
