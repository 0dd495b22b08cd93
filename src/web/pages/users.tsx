import { PermanentError } from '../../core/errors.js';
import { ROLES, type User } from '../../core/user.js';
import { addUser, changeUser, disableUser, listUsers, resetUser } from '../../pipeline/accounts.js';
import { may } from '../../triage/rights.js';
import { deskWords } from '../../words/desk.js';
import { roomWords } from '../../words/desk-rooms.js';
import { refusalWords } from '../../words/refusals.js';
import { type DeskApp, type DeskRoute, type Fields, field, type SignedVisit } from '../route.js';
import { Frame, signedInOf } from '../views/frame.js';
import { ScrollBox } from '../views/scroll-box.js';

/** A one-time link, shown once to whoever made it. */
interface NewLink {
  readonly name: string;
  readonly link: string;
}

/** The accounts of the desk. */
export function userRoutes(app: DeskApp): readonly DeskRoute[] {
  const { ports } = app;
  const show = (visit: SignedVisit, more: { made?: NewLink; fault?: string } = {}) =>
    visit.c.html(
      <UsersPage visit={visit} app={app} users={listUsers(ports, visit.me.actor)} {...more} />,
      more.fault === undefined ? 200 : 422,
    );
  const made = (visit: SignedVisit, { user, link }: { readonly user: User; readonly link: string }) =>
    show(visit, { made: { name: user.name, link: app.linkAddress(link) } });
  return [
    { method: 'GET', path: '/users', access: 'user:read', handle: (visit) => show(visit) },
    {
      method: 'POST',
      path: '/users',
      access: 'user:manage',
      handle: (visit, fields) => {
        try {
          return made(visit, addUser(ports, visit.me.actor, newUserOf(fields)));
        } catch (error) {
          if (!(error instanceof PermanentError)) throw error;
          const { language } = visit.display;
          return show(visit, { fault: refusalWords(language, error.kind) ?? error.message });
        }
      },
    },
    {
      method: 'POST',
      path: '/users/reset',
      access: 'user:manage',
      handle: (visit, fields) => made(visit, resetUser(ports, visit.me.actor, field(fields, 'name'))),
    },
    {
      method: 'POST',
      path: '/users/disable',
      access: 'user:manage',
      handle: ({ c, me }, fields) => {
        disableUser(ports, me.actor, field(fields, 'name'));
        return c.redirect('/users', 303);
      },
    },
    {
      method: 'POST',
      path: '/users/change',
      access: 'user:manage',
      handle: ({ c, me }, fields) => {
        const { role, unit } = newUserOf(fields);
        changeUser(ports, me.actor, field(fields, 'name'), { role, unit });
        return c.redirect('/users', 303);
      },
    },
  ];
}

function newUserOf(fields: Fields): Pick<User, 'name' | 'display' | 'role' | 'unit'> {
  const name = field(fields, 'name').toLowerCase();
  return {
    name,
    display: field(fields, 'display') || name,
    role: ROLES.find((role) => role === field(fields, 'role')) ?? 'officer',
    unit: field(fields, 'unit'),
  };
}

interface UsersProps {
  readonly visit: SignedVisit;
  readonly app: DeskApp;
  readonly users: readonly User[];
  readonly made?: NewLink;
  readonly fault?: string;
}

function UsersPage({ visit, app, users, made, fault }: UsersProps) {
  const { display, me } = visit;
  const words = deskWords(display.language);
  const said = roomWords(display.language).people;
  const manages = may(me.user.role, 'user:manage');
  return (
    <Frame title={words.rooms.users} display={display} me={signedInOf(me)} room="users">
      <h1>{words.rooms.users}</h1>
      {fault !== undefined && (
        <p class="notice bad" role="alert">
          {fault}
        </p>
      )}
      {made !== undefined && (
        <p class="notice good" role="status">
          {said.link(made.name)} <code>{made.link}</code>
        </p>
      )}
      <ScrollBox label={words.rooms.users}>
        <table>
          <thead>
            <tr>
              <th scope="col">{said.name}</th>
              <th scope="col">{said.display}</th>
              <th scope="col">{said.role}</th>
              <th scope="col">{said.unit}</th>
              <th scope="col">{said.state}</th>
              {manages && <th scope="col">{said.change}</th>}
            </tr>
          </thead>
          <tbody>
            {users.map((user) => (
              <UserRow user={user} app={app} visit={visit} manages={manages} />
            ))}
          </tbody>
        </table>
      </ScrollBox>
      {manages && (
        <form method="post" action="/users" class="sheet">
          <h2>{said.add}</h2>
          <input type="hidden" name="csrf" value={me.csrf} />
          <div class="columns">
            <div class="field">
              <label for="name">{said.name}</label>
              <input
                id="name"
                name="name"
                required
                maxlength={64}
                pattern="[A-Za-z0-9][A-Za-z0-9._\-]{1,63}"
              />
            </div>
            <div class="field">
              <label for="display">{said.display}</label>
              <input id="display" name="display" maxlength={100} />
            </div>
            <div class="field">
              <label for="role">{said.role}</label>
              <RoleSelect id="role" value="officer" display={display} />
            </div>
            <div class="field">
              <label for="unit">{said.unit}</label>
              <UnitSelect id="unit" value={me.unit.id} app={app} />
            </div>
          </div>
          <button type="submit" class="primary">
            {said.add}
          </button>
        </form>
      )}
    </Frame>
  );
}

interface RowProps {
  readonly user: User;
  readonly app: DeskApp;
  readonly visit: SignedVisit;
  readonly manages: boolean;
}

function UserRow({ user, app, visit: { display, me }, manages }: RowProps) {
  const words = deskWords(display.language);
  const said = roomWords(display.language).people;
  const state = user.disabledAt !== undefined ? said.disabled : user.hasPassword ? said.active : said.waiting;
  const hidden = (
    <>
      <input type="hidden" name="csrf" value={me.csrf} />
      <input type="hidden" name="name" value={user.name} />
    </>
  );
  return (
    <tr>
      <th scope="row">{user.name}</th>
      <td>
        <bdi>{user.display}</bdi>
      </td>
      <td>{words.roles[user.role]}</td>
      <td>{app.ports.units.find(user.unit)?.name ?? user.unit}</td>
      <td>
        <span class={`tag ${user.disabledAt !== undefined ? '' : user.hasPassword ? 'good' : 'medium'}`}>
          {state}
        </span>{' '}
        {user.hasTotp && <span class="tag">{said.factor}</span>}
      </td>
      {manages && (
        <td>
          <details>
            <summary aria-label={`${said.change} ${user.name}`}>{said.change}</summary>
            <form method="post" action="/users/change" class="stack">
              {hidden}
              <label for={`role-${user.id}`}>{said.role}</label>
              <RoleSelect id={`role-${user.id}`} value={user.role} display={display} />
              <label for={`unit-${user.id}`}>{said.unit}</label>
              <UnitSelect id={`unit-${user.id}`} value={user.unit} app={app} />
              <button type="submit">{said.change}</button>
            </form>
            <form method="post" action="/users/reset">
              {hidden}
              <button type="submit">{said.reset}</button>
            </form>
            {user.disabledAt === undefined && (
              <form method="post" action="/users/disable">
                {hidden}
                <button type="submit" class="grave">
                  {said.disable}
                </button>
              </form>
            )}
          </details>
        </td>
      )}
    </tr>
  );
}

interface SelectProps {
  readonly id: string;
  readonly value: string;
}

function RoleSelect({ id, value, display }: SelectProps & Pick<SignedVisit, 'display'>) {
  const { roles } = deskWords(display.language);
  return (
    <select id={id} name="role">
      {ROLES.map((role) => (
        <option value={role} selected={role === value}>
          {roles[role]}
        </option>
      ))}
    </select>
  );
}

function UnitSelect({ id, value, app }: SelectProps & { readonly app: DeskApp }) {
  return (
    <select id={id} name="unit">
      {app.ports.units.all.map((unit) => (
        <option value={unit.id} selected={unit.id === value}>
          {unit.name}
        </option>
      ))}
    </select>
  );
}
