/** Makes one report for its parent over a read-only connection, and ends (compose-reports.ts). */
import { answerReport, type ReportOrder } from '../src/compose-reports.js';

// A terminal interrupts all processes at once; the parent decides when this one ends.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => process.exit());

process.once('message', (order: ReportOrder) => {
  void answerReport(order).then((answer) => process.send?.(answer, () => process.exit()));
});
