import type { Context } from 'hono';
import type { AlertStore } from '../core/alert.js';
import type { NarrativeEditStore, NarrativeReader } from '../core/narrative-ports.js';
import type { ItemStore } from '../core/ports.js';
import type { Actor, Unit, User } from '../core/user.js';
import type { ExportPorts } from '../pipeline/export-packet.js';
import type { ReportMaker } from '../pipeline/export-report.js';
import type { LoginPorts } from '../pipeline/login.js';
import type { Machinery } from '../pipeline/operations.js';
import type { ReviewPorts } from '../pipeline/perform-act.js';
import type { WatchedDates } from '../pipeline/read-calendar.js';
import type { StoryPorts } from '../pipeline/story-reading.js';
import type { Right } from '../triage/rights.js';
import type { Display } from './views/frame.js';

/** A file as it is served under /static. */
export interface Asset {
  readonly type: string;
  readonly body: Uint8Array;
}

/** What the desk is served over; it says which cookies and headers are right. */
export interface DeskSurroundings {
  /** Host names that are answered, e.g. `127.0.0.1`; a page of elsewhere whose name resolves to here is not. */
  readonly hosts: readonly string[];
  /** Behind TLS, the desk's own or a stated proxy's. */
  readonly secure: boolean;
  /** True for the address of a stated proxy; present where there is one: nothing else is answered then. */
  readonly isProxy?: (address: string) => boolean;
}

/** Where narratives and trends are read, and what codes in them are called. */
export interface StoryDesk extends StoryPorts {
  /** A province or regency by its code; undefined of one that is not known. */
  regionName(code: string): string | undefined;
  /** A watched topic by its id. */
  topicName(id: string, language: 'id' | 'en'): string | undefined;
  /** Every watched span of days. */
  watched(language: 'id' | 'en'): readonly WatchedDates[];
}

/** What the pages work on. */
export interface DeskApp {
  /** Of the use cases (pipeline/), which check every right again. */
  readonly ports: ReviewPorts & LoginPorts;
  readonly items: Pick<ItemStore, 'getItem'>;
  readonly narratives: NarrativeReader;
  /** What people do to narratives. */
  readonly edits: NarrativeEditStore;
  readonly stories: StoryDesk;
  readonly alerts: Pick<AlertStore, 'list' | 'find' | 'acknowledge' | 'counts'>;
  /** Reports as files. */
  readonly reports: ReportMaker;
  /** Evidence packets and the legal reference. */
  readonly packets: ExportPorts['packets'];
  /** The queues, sources and runs beside the desk; absent where it is served without them. */
  readonly machinery?: Machinery;
  /** The address of a one-time link. */
  linkAddress(token: string): string;
  /** A text as the rules read it. */
  normalise(text: string): string;
  readonly assets: ReadonlyMap<string, Asset>;
  readonly language: 'id' | 'en';
  readonly surroundings: DeskSurroundings;
  /** Trouble that no page tells of. */
  report(error: unknown): void;
}

/** Who is signed in. */
export interface Visitor {
  readonly user: User;
  readonly actor: Actor;
  readonly unit: Unit;
  /** The session's token, for closing it. */
  readonly session: string;
  /** What every form of this session carries. */
  readonly csrf: string;
}

/** What the page models take of whoever reads: a visitor of the pages, or a caller of the API. */
export interface Reader {
  readonly me: Pick<Visitor, 'user' | 'actor'>;
  /** ms since the epoch */
  readonly now: number;
}

/** One request, as a route is given it. */
export interface Visit {
  readonly c: Context;
  readonly display: Display;
  /** ms since the epoch */
  readonly now: number;
  /** Where the request comes from, for login limits. */
  readonly address: string;
}

/** A visit by somebody who is signed in and, where the route names a right, has it. */
export interface SignedVisit extends Visit {
  readonly me: Visitor;
}

/** A form's fields, or what a script sent as JSON, read and bounded before a route sees it. */
export type Fields = ReadonlyMap<string, readonly string[]>;

type Answer = Response | Promise<Response>;

/** A route and what it takes to use it: the list of them is walked by a test as every role. */
export type DeskRoute = {
  /** Asked by a page by itself, not by a person: the session's idle time goes on. */
  readonly quiet?: true;
} & (
  | {
      readonly method: 'GET' | 'POST';
      readonly path: string;
      readonly access: 'anyone';
      readonly handle: (visit: Visit, fields: Fields) => Answer;
    }
  | {
      readonly method: 'GET' | 'POST';
      readonly path: string;
      readonly access: Right | 'signed-in';
      readonly handle: (visit: SignedVisit, fields: Fields) => Answer;
    }
);

/** A field that stands once, trimmed; '' where it is missing. */
export function field(fields: Fields, name: string): string {
  return fields.get(name)?.[0]?.trim() ?? '';
}
