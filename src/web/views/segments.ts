import type { Finding } from '../../core/finding.js';

/** A stretch of a post's text under the same findings. */
export interface Segment {
  readonly text: string;
  /** Indexes into the findings given, in their order. */
  readonly findings: readonly number[];
}

/**
 * Cuts a text where a finding begins or ends, so that overlapping evidence can be marked without nesting. Joined, the
 * segments are the text again.
 * @param findings spans are clipped to the text; an empty one marks nothing
 */
export function segmentsOf(
  text: string,
  findings: readonly Pick<Finding, 'start' | 'end'>[],
): readonly Segment[] {
  const cuts = new Set([0, text.length]);
  for (const { start, end } of findings) {
    if (start < end && start < text.length) cuts.add(Math.max(0, start)).add(Math.min(end, text.length));
  }
  const places = [...cuts].sort((a, b) => a - b);
  const segments: Segment[] = [];
  for (const [index, start] of places.entries()) {
    const end = places[index + 1];
    if (end === undefined || start === end) continue;
    const over = findings.flatMap((finding, at) => (finding.start < end && finding.end > start ? [at] : []));
    segments.push({ text: text.slice(start, end), findings: over });
  }
  return segments;
}
