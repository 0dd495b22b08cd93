import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromText, regionCode, regionNumber, regionOfItem } from '../../src/core/region.js';

const code = fc
  .tuple(fc.integer({ min: 10, max: 99 }), fc.option(fc.integer({ min: 1, max: 99 })))
  .map(([province, regency]) =>
    regency === null ? String(province) : `${province}.${String(regency).padStart(2, '0')}`,
  );

describe('region codes', () => {
  it('are numbers of 16 bits and back', () => {
    fc.assert(
      fc.property(code, (of) => {
        const number = regionNumber(of);
        expect(number).toBeGreaterThan(0);
        expect(number).toBeLessThan(2 ** 16);
        expect(regionCode(number)).toBe(of);
      }),
    );
    expect(regionNumber('32.73')).toBe(3273);
    expect(regionCode(3200)).toBe('32');
    expect(regionCode(0)).toBeUndefined();
  });

  it.each([undefined, '', 'jabar', '3', '32.', '32.7', '32.73.01', '~32.73', '02'])('%s is no code', (of) => {
    expect(regionNumber(of)).toBe(0);
  });

  it('are carried by items with what they were read from', () => {
    expect(regionOfItem(fromText('32.73'))).toEqual({ code: '32.73', isFromText: true });
    expect(regionOfItem('32')).toEqual({ code: '32', isFromText: false });
    expect(regionOfItem('')).toBeUndefined();
    expect(regionOfItem(null)).toBeUndefined();
  });
});
