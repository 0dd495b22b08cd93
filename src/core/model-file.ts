/** The languages' and the classifier's trained weights as they are kept on disk (models/). */
export interface ModelFile {
  /** What the weights are for; a reader refuses any other. */
  readonly kind: 'language' | 'classifier';
  /** Hash of header and weights, 12 hex digits; set by the writer, checked by the reader. */
  readonly version: string;
  /** Everything but the weights: sizes, names, scales, calibration. JSON values only. */
  readonly header: Readonly<Record<string, unknown>>;
  /** Quantised weights in the order the header's owner defines. */
  readonly weights: Int8Array;
}
