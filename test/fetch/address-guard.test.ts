import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AddressClass, classifyAddress } from '../../src/fetch/address-guard.js';

describe('classifyAddress', () => {
  it.each<[address: string, kind: AddressClass, what: string]>([
    ['93.184.216.34', 'public', 'an address of the internet'],
    ['9.255.255.255', 'public', 'the last before 10/8'],
    ['11.0.0.0', 'public', 'the first after 10/8'],
    ['172.15.255.255', 'public', 'the last before 172.16/12'],
    ['172.32.0.0', 'public', 'the first after 172.16/12'],
    ['10.0.0.1', 'own', 'private'],
    ['172.16.0.1', 'own', 'private'],
    ['172.31.255.255', 'own', 'private'],
    ['192.168.1.1', 'own', 'private'],
    ['127.0.0.1', 'own', 'loopback'],
    ['127.255.255.254', 'own', 'loopback'],
    ['0.0.0.0', 'forbidden', 'unspecified'],
    ['169.254.169.254', 'forbidden', 'metadata, link-local'],
    ['169.254.0.1', 'forbidden', 'link-local'],
    ['100.100.100.200', 'forbidden', 'metadata'],
    ['168.63.129.16', 'forbidden', 'metadata'],
    ['100.64.0.1', 'forbidden', 'carrier-grade NAT'],
    ['224.0.0.1', 'forbidden', 'multicast'],
    ['239.255.255.250', 'forbidden', 'multicast'],
    ['240.0.0.1', 'forbidden', 'reserved'],
    ['255.255.255.255', 'forbidden', 'broadcast'],
    ['198.18.0.1', 'forbidden', 'benchmarking'],
    ['192.0.2.7', 'forbidden', 'documentation'],
    ['2606:2800:220:1:248:1893:25c8:1946', 'public', 'an address of the internet'],
    ['::1', 'own', 'loopback'],
    ['::', 'forbidden', 'unspecified'],
    ['fd12:3456::1', 'own', 'unique local'],
    ['fd00:ec2::254', 'forbidden', 'metadata'],
    ['fe80::1', 'forbidden', 'link-local'],
    ['fe80::1%eth0', 'forbidden', 'link-local with a zone'],
    ['ff02::1', 'forbidden', 'multicast'],
    ['2001:db8::1', 'forbidden', 'documentation'],
    ['2001:0:53aa:64c::1', 'forbidden', 'Teredo'],
    ['64:ff9b:1::a00:1', 'forbidden', 'local NAT64'],
    ['::ffff:169.254.169.254', 'forbidden', 'mapped metadata'],
    ['::ffff:7f00:1', 'own', 'mapped loopback'],
    ['::127.0.0.1', 'own', 'compatible loopback'],
    ['2002:a9fe:a9fe::1', 'forbidden', '6to4 of metadata'],
    ['2001:4860::5efe:169.254.1.1', 'forbidden', 'ISATAP of link-local'],
    ['not an address', 'forbidden', 'no address'],
    ['127.1', 'forbidden', 'a short form, which no resolver gives'],
  ])('%s is %s (%s)', (address, kind) => {
    expect(classifyAddress(address)).toBe(kind);
  });

  it('judges an IPv4 address carried in IPv6 as itself', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
        const hex = `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
        const kind = classifyAddress(address);
        expect(classifyAddress(`::ffff:${address}`)).toBe(kind);
        expect(classifyAddress(`::ffff:${hex}`)).toBe(kind);
        expect(classifyAddress(`64:ff9b::${hex}`)).toBe(kind);
        expect(classifyAddress(`2002:${hex}::1`)).toBe(kind);
      }),
    );
  });
});
