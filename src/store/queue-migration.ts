/** What waits in a stage is read by scope: its index holds all that a filter asks of it. Few items are in one. */
export const queueMigration = `
  DROP INDEX items_queue_stage;
  CREATE INDEX items_queue_stage ON items (stage, state, priority, number, flags, language, source, region, unit)
    WHERE stage IN ('second-opinion', 'proposed', 'approved');
`;
