/** The largest workbook that is read, in bytes as it lies on the disk. It is held whole, so it has to be small. */
export const MAX_WORKBOOK_BYTES = 50_000_000;
/** All of its parts unpacked, in bytes. */
export const MAX_UNPACKED_BYTES = 150_000_000;
/** Parts in its archive. */
export const MAX_PARTS = 2_000;
/** Rows, columns and cells of a sheet, empty ones counted: the reader fills every gap. */
export const MAX_ROWS = 200_000;
export const MAX_COLUMNS = 1_000;
export const MAX_CELLS = 10_000_000;
