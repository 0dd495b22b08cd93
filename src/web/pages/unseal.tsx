import type { SealedName } from '../../core/desk-ports.js';
import { unsealName } from '../../pipeline/unseal-name.js';
import { queueWords } from '../../words/desk-queue.js';
import { type DeskApp, type DeskRoute, field, type SignedVisit } from '../route.js';
import { Frame, signedInOf } from '../views/frame.js';

/**
 * Author and link of an item, for a reason that is recorded. The answer to a POST, which no cache keeps and no address
 * leads back to: whoever needs the name again says why again.
 */
export function unsealRoutes({ ports }: DeskApp): readonly DeskRoute[] {
  return [
    {
      method: 'POST',
      path: '/items/:number{[0-9]{1,15}}/unseal',
      access: 'name:unseal',
      handle: (visit, fields) => {
        const item = Number(visit.c.req.param('number'));
        const name = unsealName(ports, visit.me.actor, item, field(fields, 'reason'));
        return visit.c.html(<UnsealedPage visit={visit} item={item} name={name} />);
      },
    },
  ];
}

interface UnsealedProps {
  readonly visit: SignedVisit;
  readonly item: number;
  readonly name: SealedName;
}

function UnsealedPage({ visit: { display, me }, item, name: { id, url, author } }: UnsealedProps) {
  const said = queueWords(display.language);
  const facts: readonly (readonly [string, string | undefined])[] = [
    [said.handle, author?.handle],
    [said.accountId, author?.id],
    [said.postId, id],
  ];
  return (
    <Frame title={said.unsealedTitle(item)} display={display} me={signedInOf(me)} room="queue">
      <h1>{said.unsealedTitle(item)}</h1>
      <section class="sheet stack">
        <p class="notice warn">{said.unsealed}</p>
        <dl class="facts">
          {facts.map(
            ([label, value]) =>
              value !== undefined && (
                <>
                  <dt>{label}</dt>
                  <dd class="post mono">
                    <bdi>{value}</bdi>
                  </dd>
                </>
              ),
          )}
          {url !== undefined && (
            <>
              <dt>{said.link}</dt>
              <dd class="post mono">
                <Link url={url} warning={said.leaveWarning} />
              </dd>
            </>
          )}
        </dl>
        {author?.handle === undefined && author?.id === undefined && <p>{said.noAuthor}</p>}
        {url !== undefined && <p class="hint">{said.leaveWarning}</p>}
        <p>
          <a class="button" href={`/items/${item}`}>
            {said.backToItem(item)}
          </a>
        </p>
      </section>
    </Frame>
  );
}

/** A link where it leads to the web; anything else that a place may have written is text. */
function Link({ url, warning }: { readonly url: string; readonly warning: string }) {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return <bdi>{url}</bdi>;
  return (
    <a href={url} rel="noopener noreferrer external" target="_blank" title={warning}>
      <bdi>{url}</bdi> ↗
    </a>
  );
}
