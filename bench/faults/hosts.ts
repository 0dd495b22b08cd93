import { spawnSync } from 'node:child_process';

/** A host of the run's own: a network namespace with an address, and a host name of its own. */
export interface Host {
  readonly name: string;
  /** What its processes bind to and are reached at, IPv4. */
  readonly address: string;
  /** The command line that starts `command` there; the process that results keeps the pid of the one that is spawned. */
  on(command: readonly string[]): readonly string[];
  /** Pulls its cable, or puts it back. */
  setLink(up: boolean): void;
}

/** Hosts joined by a switch that leads nowhere else. */
export interface Network {
  host(name: string): Host;
  /** Removes every namespace; what still runs in them keeps its own until it ends. */
  close(): void;
}

/** Of the addresses that are set apart for tests of networks (RFC 2544). */
const SUBNET = '198.18.7';

/** Names are cut so that no interface or namespace of another run is met. */
const prefixOf = (pid: number): string => `ronda${pid}`;

function ip(...args: string[]): void {
  const done = spawnSync('ip', args, { encoding: 'utf8' });
  if (done.error !== undefined) throw new Error(`ip cannot be run: ${done.error.message}`);
  if (done.status !== 0) throw new Error(`ip ${args.join(' ')}: ${done.stderr.trim()}`);
}

/** Why network namespaces cannot be made here, in a sentence; undefined where they can. */
export function whyNoNetwork(): string | undefined {
  if (process.platform !== 'linux') return 'network namespaces are a thing of Linux';
  if (process.getuid?.() !== 0) return 'network namespaces take root';
  try {
    const network = createNetwork(['probe']);
    network.close();
    return undefined;
  } catch (error) {
    return `network namespaces cannot be made here (${error instanceof Error ? error.message : String(error)})`;
  }
}

/**
 * Makes a namespace for each name, each joined by veth to a bridge in a further namespace. Nothing of it is in the
 * machine's own namespace, and no route leads out.
 * @throws where a namespace cannot be made; what was made is removed
 */
export function createNetwork(names: readonly string[]): Network {
  const prefix = prefixOf(process.pid);
  const made: string[] = [];
  const close = (): void => {
    for (const namespace of made.splice(0)) spawnSync('ip', ['netns', 'del', namespace]);
  };
  const make = (namespace: string): string => {
    ip('netns', 'add', namespace);
    made.push(namespace);
    ip('-n', namespace, 'link', 'set', 'lo', 'up');
    return namespace;
  };
  try {
    const middle = make(`${prefix}-switch`);
    ip('-n', middle, 'link', 'add', 'br0', 'type', 'bridge');
    ip('-n', middle, 'link', 'set', 'br0', 'up');
    const hosts = new Map(
      names.map((name, at): [string, Host] => {
        const namespace = make(`${prefix}-${name}`);
        const address = `${SUBNET}.${at + 1}`;
        ip('-n', middle, 'link', 'add', `p${at}`, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', namespace);
        ip('-n', middle, 'link', 'set', `p${at}`, 'master', 'br0', 'up');
        ip('-n', namespace, 'addr', 'add', `${address}/24`, 'dev', 'eth0');
        ip('-n', namespace, 'link', 'set', 'eth0', 'up');
        const host: Host = {
          name,
          address,
          // The last shell is replaced by the command, so that killing the child kills the command itself.
          on: (command) => [
            ...['ip', 'netns', 'exec', namespace, 'unshare', '--uts', 'sh', '-c'],
            ...['hostname "$0" && exec "$@"', name, ...command],
          ],
          setLink: (up) => ip('-n', namespace, 'link', 'set', 'eth0', up ? 'up' : 'down'),
        };
        return [name, host];
      }),
    );
    return {
      host(name) {
        const host = hosts.get(name);
        if (host === undefined) throw new Error(`no host ${name}`);
        return host;
      },
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

/** This machine as the one host of a run over the embedded queue. */
export const thisHost: Host = {
  name: 'here',
  address: '127.0.0.1',
  on: (command) => command,
  setLink: () => {
    throw new Error('the machine’s own link is not cut');
  },
};
