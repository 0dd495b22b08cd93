import type { Role } from '../core/user.js';

/** What can be done at the desk. Every route and use case names one. */
export const RIGHTS = [
  'queue:read',
  'item:claim',
  'item:decide',
  'item:note',
  'item:hand-over',
  'item:reopen',
  'escalation:propose',
  'escalation:approve',
  'escalation:release',
  'review:blind',
  'name:unseal',
  'packet:export',
  'shift:read',
  'shift:hand-over',
  'narrative:read',
  'narrative:edit',
  'numbers:read',
  'report:export',
  'alert:read',
  'alert:acknowledge',
  'neutrality:read',
  'audit:read',
  'user:read',
  'user:manage',
  'source:manage',
  'lexicon:manage',
  'legal:sign',
  'operations:manage',
  'token:own',
] as const;
export type Right = (typeof RIGHTS)[number];

/**
 * Role by right. Officers decide, and review others' decisions blind; supervisors decide, approve, release and reopen; humas see stories and numbers, never accounts and
 * never single posts; auditors read everything and change nothing; admins keep machine and accounts, and decide nothing.
 * To unseal a name needs a reason and is recorded, whoever asks.
 */
const TABLE: Readonly<Record<Role, readonly Right[]>> = {
  officer: [
    ...(['queue:read', 'item:claim', 'item:decide', 'item:note', 'item:hand-over'] as const),
    ...(['escalation:propose', 'review:blind', 'name:unseal', 'shift:read', 'shift:hand-over'] as const),
    ...(['narrative:read', 'numbers:read', 'alert:read', 'alert:acknowledge', 'token:own'] as const),
  ],
  supervisor: [
    ...(['queue:read', 'item:claim', 'item:decide', 'item:note', 'item:hand-over', 'item:reopen'] as const),
    ...(['escalation:propose', 'escalation:approve', 'escalation:release'] as const),
    ...(['name:unseal', 'packet:export', 'shift:read', 'shift:hand-over'] as const),
    ...(['narrative:read', 'narrative:edit', 'alert:read', 'alert:acknowledge'] as const),
    ...(['numbers:read', 'report:export', 'neutrality:read', 'user:read', 'token:own'] as const),
  ],
  humas: [
    ...(['narrative:read', 'narrative:edit', 'numbers:read', 'report:export'] as const),
    ...(['alert:read', 'alert:acknowledge', 'token:own'] as const),
  ],
  auditor: [
    ...(['queue:read', 'name:unseal', 'shift:read', 'narrative:read', 'numbers:read'] as const),
    ...(['report:export', 'alert:read', 'neutrality:read', 'audit:read', 'user:read'] as const),
    ...(['token:own'] as const),
  ],
  admin: [
    ...(['user:read', 'user:manage', 'source:manage', 'lexicon:manage', 'legal:sign'] as const),
    ...(['operations:manage', 'audit:read', 'numbers:read', 'neutrality:read'] as const),
    ...(['alert:read', 'token:own'] as const),
  ],
};

/** True when the role has the right. */
export function may(role: Role, right: Right): boolean {
  return TABLE[role].includes(right);
}
