/**
 * Cases that come out wrong today. A known failure that starts to pass fails the test, so the list only shrinks.
 */
export const KNOWN_FAILURES: readonly string[] = [];
