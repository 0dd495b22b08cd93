import Database from 'better-sqlite3';

/*
 * The headers of Node 24 (node_object_wrap.h, seen in 24.21) let every wrapped object deregister itself from its
 * environment when the engine collects it, and abort the process where no context is entered: that is so whenever a
 * collection ends in a task between two turns of the loop. An addon that wraps its objects so, as better-sqlite3 12
 * does when it is built there, then dies with the first statement that is let go. So there none is: what the addon
 * hands out is kept until the process ends, where Node itself deletes it in good order. Statements are prepared once
 * and used often throughout, so that little is kept.
 */

/** The first version of Node whose headers do so. */
const SINCE_NODE = 24;

interface NativeStatement {
  iterate(...values: unknown[]): object;
}
interface NativeDatabase {
  prepare(...values: unknown[]): NativeStatement;
  exec(...values: unknown[]): unknown;
  close(...values: unknown[]): unknown;
}

const kept = new Set<object>();
let isKeeping = false;

/** From now on, where this Node asks for it, nothing that better-sqlite3 hands out is collected. Idempotent. */
export function keepStatementsAlive(node = process.versions.node): void {
  if (isKeeping || Number.parseInt(node, 10) < SINCE_NODE) return;
  isKeeping = true;
  const sample = new Database(':memory:');
  const native = nativeOf(sample);
  const databases = Object.getPrototypeOf(native) as NativeDatabase;
  keepResults(databases, 'prepare');
  // A database may be used without a statement: opened and closed, or filled and closed.
  keepResults(databases, 'exec');
  keepResults(databases, 'close');
  const statement = native.prepare('SELECT 1', sample, false);
  keepResults(Object.getPrototypeOf(statement) as NativeStatement, 'iterate');
  kept.add(sample).add(native).add(statement);
  sample.close();
}

/** Keeps what a method returns, where that is an object, and the object that it was called on. */
function keepResults<
  Name extends string,
  Target extends { [key in Name]: (...values: unknown[]) => unknown },
>(target: Target, name: Name): void {
  const original = target[name];
  const keeping = function (this: object, ...values: unknown[]): unknown {
    // Before the call: a database whose first statement fails is let go as well.
    kept.add(this);
    const result = original.apply(this, values);
    if (typeof result === 'object' && result !== null) kept.add(result);
    return result;
  };
  Object.defineProperty(target, name, { value: keeping, configurable: true, writable: true });
}

/** The addon's own object behind a database: the one property, named by a symbol, that can prepare. */
function nativeOf(db: Database.Database): NativeDatabase {
  for (const symbol of Object.getOwnPropertySymbols(db)) {
    const value = (db as unknown as Record<symbol, unknown>)[symbol];
    if (typeof (value as Partial<NativeDatabase> | undefined)?.prepare === 'function')
      return value as NativeDatabase;
  }
  throw new TypeError(
    'better-sqlite3 keeps its native database elsewhere than it did; look at keep-alive.ts',
  );
}
