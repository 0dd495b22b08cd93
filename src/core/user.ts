/** Roles of the desk; what each may do stands in triage/rights.ts. */
export const ROLES = ['officer', 'supervisor', 'humas', 'auditor', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** An account of the desk; no password, no second factor. */
export interface User {
  readonly id: number;
  /** What is typed to log in: lower case, 2 to 64 of a-z 0-9 . _ - */
  readonly name: string;
  /** As colleagues see it. */
  readonly display: string;
  readonly role: Role;
  /** Id of a {@link Unit}. */
  readonly unit: string;
  /** ISO 8601 UTC */
  readonly createdAt: string;
  readonly disabledAt?: string;
  /** False until a password was set by a one-time link. */
  readonly hasPassword: boolean;
  readonly hasTotp: boolean;
}

export const USER_NAME = /^[a-z0-9][a-z0-9._-]{1,63}$/;

/** What the time zones of Indonesia are called, with their names in the IANA database. */
export const ZONES = { WIB: 'Asia/Jakarta', WITA: 'Asia/Makassar', WIT: 'Asia/Jayapura' } as const;
export type Zone = keyof typeof ZONES;

/** Hours that the zones are ahead of UTC; Indonesia moves no clocks. */
export const ZONE_HOURS: Readonly<Record<Zone, number>> = { WIB: 7, WITA: 8, WIT: 9 };

/** Mabes, a Polda or a Polres: a node of the tree of units. */
export interface Unit {
  readonly id: string;
  readonly name: string;
  /** Id of the unit above; absent at the root. */
  readonly parent?: string;
  /**
   * Codes of its regions as on items (`32`, `32.73`); a code covers what begins with it and a dot. `*` covers everything,
   * posts of unknown region too.
   */
  readonly regions: readonly string[];
  /** Zone in which its people are shown times. */
  readonly zone: Zone;
}

/** Who acts, as every use case is told. */
export interface Actor {
  readonly user: number;
  readonly role: Role;
  readonly unit: string;
}

/** What a token of the JSON API may do, beside what its user's role may. */
export const SCOPES = [
  'items:read',
  'items:decide',
  'events:read',
  'numbers:read',
  'narratives:read',
  'alerts:read',
  'alerts:acknowledge',
] as const;
export type Scope = (typeof SCOPES)[number];
