/** How much the watched topics of an item weigh in the queue's order, 0..1 (core/watch.ts). */
export const watchMigration = `
  ALTER TABLE items ADD COLUMN watched REAL NOT NULL DEFAULT 0;
`;
