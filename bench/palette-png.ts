import { crc32 } from 'node:zlib';
import { unzlibSync, zlibSync } from 'fflate';

/*
 * A screenshot as a PNG with a palette: a page has few colours beside the shades of its letters, and needs a third of
 * the bytes so. (PNG, W3C Recommendation, third edition.)
 */

const SIGNATURE = [137, 80, 78, 71, 13, 10, 26, 10];
const MOST_COLOURS = 256;

/** @throws RangeError for what is no PNG of 8 bits a channel, in RGB or RGBA and not interlaced, as browsers make them */
export function toPalette(png: Uint8Array): Uint8Array {
  const { width, height, channels, data } = read(png);
  const stride = width * channels;
  const pixels = new Uint32Array(width * height);
  const row = new Uint8Array(stride);
  const before = new Uint8Array(stride);
  for (let y = 0, at = 0; y < height; y += 1) {
    const filter = data[at] ?? 0;
    at += 1;
    for (let x = 0; x < stride; x += 1, at += 1) {
      const left = x < channels ? 0 : (row[x - channels] ?? 0);
      const up = before[x] ?? 0;
      const corner = x < channels ? 0 : (before[x - channels] ?? 0);
      row[x] = ((data[at] ?? 0) + predicted(filter, left, up, corner)) & 255;
    }
    for (let x = 0; x < width; x += 1) {
      const from = x * channels;
      pixels[y * width + x] = ((row[from] ?? 0) << 16) | ((row[from + 1] ?? 0) << 8) | (row[from + 2] ?? 0);
    }
    before.set(row);
  }
  return written(width, height, pixels);
}

function read(png: Uint8Array) {
  if (SIGNATURE.some((byte, at) => png[at] !== byte)) throw new RangeError('this is no PNG');
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const parts: Uint8Array[] = [];
  for (let at = 8; at + 12 <= png.length; ) {
    const length = view.getUint32(at);
    if (String.fromCharCode(...png.subarray(at + 4, at + 8)) === 'IDAT')
      parts.push(png.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  const [depth, colour, , , interlace] = png.subarray(24, 29);
  if (depth !== 8 || (colour !== 2 && colour !== 6) || interlace !== 0)
    throw new RangeError(
      `a PNG of depth ${depth}, colour type ${colour}, interlace ${interlace} is not read`,
    );
  const data = unzlibSync(Buffer.concat(parts));
  return { width: view.getUint32(16), height: view.getUint32(20), channels: colour === 2 ? 3 : 4, data };
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 0) return 0;
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

function written(width: number, height: number, pixels: Uint32Array): Uint8Array {
  const counts = new Map<number, number>();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  const palette = [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, MOST_COLOURS)
    .map(([colour]) => colour);
  const index = new Map(palette.map((colour, at) => [colour, at]));
  const rows = new Uint8Array((width + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const pixel = pixels[y * width + x] ?? 0;
      let at = index.get(pixel);
      if (at === undefined) {
        at = nearest(palette, pixel);
        index.set(pixel, at);
      }
      rows[y * (width + 1) + 1 + x] = at;
    }
  }
  const head = new Uint8Array(13);
  const view = new DataView(head.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  head.set([8, 3, 0, 0, 0], 8);
  const colours = new Uint8Array(palette.flatMap((each) => [each >> 16, (each >> 8) & 255, each & 255]));
  return Buffer.concat([
    Uint8Array.from(SIGNATURE),
    chunk('IHDR', head),
    chunk('PLTE', colours),
    chunk('IDAT', zlibSync(rows, { level: 9 })),
    chunk('IEND', new Uint8Array(0)),
  ]);
}

function nearest(palette: readonly number[], pixel: number): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  palette.forEach((colour, at) => {
    const distance =
      ((colour >> 16) - (pixel >> 16)) ** 2 +
      (((colour >> 8) & 255) - ((pixel >> 8) & 255)) ** 2 +
      ((colour & 255) - (pixel & 255)) ** 2;
    if (distance < least) {
      least = distance;
      best = at;
    }
  });
  return best;
}

function chunk(type: string, body: Uint8Array): Uint8Array {
  const out = Buffer.alloc(body.length + 12);
  out.writeUInt32BE(body.length, 0);
  out.write(type, 4, 'latin1');
  out.set(body, 8);
  out.writeUInt32BE(crc32(out.subarray(4, body.length + 8)), body.length + 8);
  return out;
}
