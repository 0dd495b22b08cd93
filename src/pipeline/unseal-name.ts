import type { SealedName } from '../core/desk-ports.js';
import { DeskRefusal } from '../core/desk-refusal.js';
import type { Actor } from '../core/user.js';
import { type DeskPorts, mustMay, visibleItem } from './desk-access.js';

const REASON_CHARS = { least: 10, most: 500 };

/**
 * Author and link of an item. Asked for with a reason (10 to 500 characters), and on the disk of the audit chain before
 * they are given.
 *
 * @throws DeskRefusal `forbidden`, `no-item`, `reason-missing`
 */
export function unsealName(ports: DeskPorts, actor: Actor, item: number, reason: string): SealedName {
  mustMay(actor, 'name:unseal');
  const said = reason.trim();
  if (said.length < REASON_CHARS.least || said.length > REASON_CHARS.most) {
    throw new DeskRefusal(
      'reason-missing',
      `say in ${REASON_CHARS.least} to ${REASON_CHARS.most} characters why the name is needed`,
      { item },
    );
  }
  const { store, clock } = ports;
  return store.atomically(() => {
    visibleItem(ports, actor, item);
    const name = store.sealedName(item);
    if (name === undefined)
      throw new DeskRefusal('no-item', `item ${item} has no sealed name any more`, { item });
    const event = { kind: 'name-unsealed', subject: `item:${item}`, details: { reason: said } } as const;
    store.audit.append({ actor: String(actor.user), ...event }, clock.now());
    return name;
  });
}
