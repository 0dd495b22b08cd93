import { type Command, Option } from 'commander';
import { DeskRefusal } from '../../core/desk-refusal.js';
import { PermanentError } from '../../core/errors.js';
import { SYSTEM_ACTOR } from '../../core/review.js';
import { ROLES, type Role, SCOPES, type Scope, type User } from '../../core/user.js';
import {
  addUser,
  disableUser,
  listUsers,
  makeToken,
  resetUser,
  revokeToken,
} from '../../pipeline/accounts.js';
import type { DeskPorts } from '../../pipeline/desk-access.js';
import { textTable } from '../../report/text-table.js';
import { type AccountWords, accountWords } from '../../words/accounts.js';
import { refusalWords } from '../../words/refusals.js';
import type { CommandEnvironment } from './environment.js';
import { wholeNumber } from './items.js';

/** The desk as the account commands are given it. */
export interface AccountsApp {
  readonly ports: DeskPorts;
  /** The address at which a one-time link is served. */
  linkAddress(token: string): string;
}

export interface UsersDeps {
  withAccounts<T>(work: (app: AccountsApp, environment: CommandEnvironment) => T): Promise<T>;
}

interface AddOptions {
  readonly role: Role;
  readonly unit?: string;
  readonly display?: string;
}

interface TokenOptions {
  readonly scope: readonly Scope[];
  readonly days: number;
  readonly label: string;
  readonly revoke?: number;
}

/** `ronda users add|list|disable|reset|token`: whoever may run it on the machine may keep accounts. */
export function usersCommand(program: Command, deps: UsersDeps): void {
  const users = program.command('users').description('keep the accounts of the desk');
  const told = (
    work: (app: AccountsApp, environment: CommandEnvironment, said: AccountWords) => void,
  ): Promise<void> =>
    deps.withAccounts((app, environment) => {
      try {
        work(app, environment, accountWords(environment.language));
      } catch (error) {
        const isRefusal =
          error instanceof DeskRefusal || (error instanceof PermanentError && error.kind === 'user-exists');
        if (!isRefusal) throw error;
        // The message names what was given; the sentence says it in the reader's language.
        const sentence = refusalWords(environment.language, error.kind);
        environment.io.err(`ronda: ${sentence === undefined ? '' : `${sentence} `}(${error.message})\n`);
        environment.exitWith(2);
      }
    });
  users
    .command('add')
    .description('make an account and print the one-time link at which its password is set')
    .argument('<name>', 'what is typed to log in: 2 to 64 of a-z 0-9 . _ -')
    .addOption(new Option('--role <role>', 'what it may do').choices([...ROLES]).default('officer'))
    .option('--unit <id>', 'a unit of ronda.yaml (default: the first)')
    .option('--display <name>', 'as colleagues see it (default: the name)')
    .addHelpText('after', '\nExample:\n  ronda users add sari --role supervisor --unit polda-contoh')
    .action((name: string, { role, unit, display }: AddOptions) =>
      told(({ ports, linkAddress }, { io }, said) => {
        const home = unit ?? ports.units.all[0]?.id ?? '';
        const { link } = addUser(ports, SYSTEM_ACTOR, { name, role, unit: home, display: display ?? name });
        io.err(`${said.added(name)}\n`);
        io.out(`${linkAddress(link)}\n`);
      }),
    );
  users
    .command('list')
    .description('list the accounts')
    .option('--json', 'one JSON array')
    .addHelpText('after', '\nExample:\n  ronda users list')
    .action(({ json }: { json?: boolean }) =>
      told(({ ports }, { io }, said) => {
        const all = listUsers(ports, SYSTEM_ACTOR);
        if (json === true) io.out(`${JSON.stringify(all)}\n`);
        else if (all.length === 0) io.out(`${said.none}\n`);
        else io.out(userTable(all, said, io.columns));
      }),
    );
  users
    .command('disable')
    .description('shut an account out at once; what it decided stays')
    .argument('<name>', 'the account')
    .addHelpText('after', '\nExample:\n  ronda users disable sari')
    .action((name: string) =>
      told(({ ports }, { io }, said) => {
        disableUser(ports, SYSTEM_ACTOR, name);
        io.out(`${said.disabled(name)}\n`);
      }),
    );
  users
    .command('reset')
    .description('take password and second factor away, open the account again and print a one-time link')
    .argument('<name>', 'the account')
    .addHelpText('after', '\nExample:\n  ronda users reset sari')
    .action((name: string) =>
      told(({ ports, linkAddress }, { io }, said) => {
        const { link } = resetUser(ports, SYSTEM_ACTOR, name);
        io.err(`${said.reset(name)}\n`);
        io.out(`${linkAddress(link)}\n`);
      }),
    );
  users
    .command('token')
    .description('make a token of the JSON API for an account, or stop one')
    .argument('<name>', 'the account, whose role bounds what the token may do')
    .addOption(
      new Option('--scope <scopes...>', 'what it may do').choices([...SCOPES]).default(['items:read']),
    )
    .option('--days <n>', 'how long it lasts, 1 to 366', wholeNumber(1, 366), 90)
    .option('--label <text>', 'what it is for', 'API')
    .option('--revoke <id>', 'stop the token of this number instead', wholeNumber(1, Number.MAX_SAFE_INTEGER))
    .addHelpText('after', '\nExample:\n  ronda users token mitra --scope items:read events:read --days 30')
    .action((name: string, { scope, days, label, revoke }: TokenOptions) =>
      told(({ ports }, { io, exitWith }, said) => {
        if (revoke !== undefined) {
          const done = revokeToken(ports, SYSTEM_ACTOR, revoke);
          io.out(`${done ? said.revoked(revoke) : said.noToken(revoke)}\n`);
          if (!done) exitWith(1);
          return;
        }
        const request = { user: name, name: label, scopes: scope, days };
        const { token, kept } = makeToken(ports, SYSTEM_ACTOR, request);
        io.err(`${said.token(kept.expiresAt)}\n`);
        io.out(`${token}\n`);
      }),
    );
}

function userTable(users: readonly User[], said: AccountWords, width: number): string {
  const { columns, states } = said;
  return textTable(
    [
      { title: columns.name },
      { title: columns.display },
      { title: columns.role },
      { title: columns.unit },
      { title: columns.state },
    ],
    users.map((user) => [user.name, user.display, user.role, user.unit, stateOf(user, states)]),
    width,
  );
}

function stateOf(user: User, states: AccountWords['states']): string {
  if (user.disabledAt !== undefined) return states.disabled;
  if (!user.hasPassword) return states.waiting;
  return user.hasTotp ? `${states.active}, ${states.totp}` : states.active;
}
