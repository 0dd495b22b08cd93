import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { kindSchemas, termsRequired } from '../src/compose.js';
import { parseConfig } from '../src/config.js';
import { configSchema } from '../src/config-schema.js';
import { isSchedule } from '../src/pipeline/schedule.js';

/** The docs name every command, option, configuration key and environment variable that there is. */

const root = resolve(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const commands = readdirSync(join(root, 'src/cli/commands'))
  .map((file) => read(`src/cli/commands/${file}`))
  .join('\n');

/** Dotted keys of a JSON schema's objects. */
function keysOf(schema: unknown, prefix = ''): string[] {
  const { properties = {} } = schema as { properties?: Record<string, unknown> };
  return Object.entries(properties).flatMap(([key, value]) => {
    const inner = keysOf(value, `${prefix}${key}.`);
    return inner.length > 0 ? inner : [`${prefix}${key}`];
  });
}

describe('docs/commands.md', () => {
  const docs = read('docs/commands.md');

  it.each([...commands.matchAll(/\.command\('([a-z]+)'\)/g)].map(([, name]) => name ?? ''))(
    'names the command %s',
    (name) => {
      expect(docs).toMatch(new RegExp(`\\b${name}\\b`));
    },
  );

  it.each([...new Set([...commands.matchAll(/'(--[a-z-]+)/g)].map(([, name]) => name ?? ''))])(
    'names the option %s',
    (name) => {
      expect(docs).toContain(name);
    },
  );

  it('every command has an example in its help', () => {
    const described = commands.match(/\.description\(/g)?.length ?? 0;
    const examples = commands.match(/Examples?:\\n/g)?.length ?? 0;
    const groups = commands.match(/= program\s*\.command\('[a-z]+'\)/g)?.length ?? 0;
    expect(examples).toBeGreaterThanOrEqual(described - groups);
  });
});

describe('docs/configuration.md', () => {
  const docs = read('docs/configuration.md');
  const schema = z.toJSONSchema(configSchema, { unrepresentable: 'any', io: 'input' });

  it.each(keysOf(schema))('names the key %s', (key) => {
    expect(docs).toContain(`\`${key}\``);
  });

  it.each(
    [...kindSchemas].flatMap(([kind, own]) =>
      keysOf(z.toJSONSchema(own, { unrepresentable: 'any', io: 'input' })).map(
        (key) => [kind, key.split('.')[0] ?? ''] as const,
      ),
    ),
  )('names for the kind %s the key %s', (_, key) => {
    expect(docs).toContain(`\`${key}\``);
  });

  it('names every environment variable that the code reads', () => {
    const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.ts'),
    );
    const read_ = sources.flatMap((file) =>
      [...read(`src/${file}`).matchAll(/\bRONDA_[A-Z_]+\b/g)].map(([name]) => name),
    );
    for (const name of new Set(read_)) expect(docs, name).toContain(`\`${name}\``);
  });
});

describe('docs/ronda.yaml, which "ronda init" writes', () => {
  const base = { file: 'docs/ronda.yaml', environment: {}, kinds: kindSchemas, termsRequired, isSchedule };

  it('is a configuration as it stands', () => {
    expect(parseConfig({ ...base, document: parse(read('docs/ronda.yaml')) }).sources.length).toBeGreaterThan(
      0,
    );
  });

  it('is one with its commented sources too', () => {
    const uncommented = read('docs/ronda.yaml')
      .replace(/^ {2}# (?=(- | ))/gm, '  ')
      .replace(/^ {2}# .*$/gm, '');
    expect(parseConfig({ ...base, document: parse(uncommented) }).sources.length).toBe(3);
  });
});
