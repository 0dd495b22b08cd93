import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { createMetrics } from '../../src/telemetry/metrics.js';
import { projectRoot } from '../support/ronda.js';

/** The dashboard and the alert rules ask for metrics that there are, and the guide says what each alert means. */

const read = (path: string): string => readFileSync(join(projectRoot, path), 'utf8');

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string };
}

const rules = (parse(read('deploy/alerts.yaml')) as { groups: { rules: Rule[] }[] }).groups.flatMap(
  (group) => group.rules,
);
const dashboard = JSON.parse(read('deploy/grafana.json')) as {
  readonly panels: readonly {
    readonly id: number;
    readonly title: string;
    readonly gridPos: { readonly x: number; readonly y: number };
    readonly targets: readonly { readonly expr: string }[];
  }[];
};
const asked = [
  ...rules.map(({ alert, expr }) => [alert, expr] as const),
  ...dashboard.panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [title, expr] as const)),
];

/** Names of metrics by type, and the labels that each is given. */
let known: Map<string, string>;

beforeAll(async () => {
  const metrics = createMetrics('0.0.0', async () => ({
    queues: [{ name: 'score', jobs: { waiting: 1 }, oldestSeconds: 1 }],
    items: { open: 1 },
    claims: 1,
    lease: { held: true, own: true },
    sources: { states: { well: 1 }, lastSuccess: new Map([['rekaan', 1]]) },
    parts: [{ part: 'store', ready: true }],
    failed: ['queues'],
  }));
  const { body } = await metrics.text();
  known = new Map(
    [...body.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name, type]) => [name ?? '', type ?? '']),
  );
});

describe.each(asked)('%s', (_, expr) => {
  it('asks for metrics that there are', () => {
    const names = [...expr.matchAll(/\b(?:ronda|process|nodejs)_[a-z0-9_]+/g)].map(([name]) => name);
    const wanted = names.map((name) => name.replace(/_(bucket|sum|count)$/, ''));
    expect(expr === 'up{job="ronda"} == 0' || names.length > 0).toBe(true);
    for (const name of wanted) expect([...known.keys()], name).toContain(name);
  });

  it('takes the rate of counters alone', () => {
    for (const [, name = ''] of expr.matchAll(/(?:rate|increase)\(((?:ronda|process)_[a-z0-9_]+)/g)) {
      expect(known.get(name.replace(/_bucket$/, '')), name).toMatch(
        name.endsWith('_bucket') ? 'histogram' : 'counter',
      );
    }
  });

  it('closes every bracket', () => {
    for (const [open, close] of ['()', '{}', '[]'].map((pair) => [...pair])) {
      expect(expr.split(open ?? '').length).toBe(expr.split(close ?? '').length);
    }
  });
});

describe('the alert rules', () => {
  it.each(rules.map(({ alert }) => alert))('%s is explained to whoever is woken by it', (alert) => {
    expect(read('docs/operating.md')).toContain(`\`${alert}\``);
  });

  it('have a name of their own, a severity and words each', () => {
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
    for (const { labels, annotations } of rules) {
      expect(['page', 'warn']).toContain(labels.severity);
      expect(annotations.summary.length).toBeGreaterThan(10);
    }
  });
});

describe('the dashboard', () => {
  it('shows every metric of Ronda’s own', () => {
    const shown = dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)).join('\n');
    const own = [...known.keys()].filter((name) => name.startsWith('ronda_'));
    const left = ['ronda_batches_total', 'ronda_lease_held', 'ronda_sample_failed'];
    expect(own.filter((name) => !left.includes(name) && !shown.includes(name))).toEqual([]);
  });

  it('puts no panel upon another', () => {
    const places = dashboard.panels.map(({ gridPos: { x, y } }) => `${x} ${y}`);
    expect(new Set(places).size).toBe(places.length);
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(places.length);
  });
});
