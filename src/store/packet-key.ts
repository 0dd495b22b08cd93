import { createHash, createPrivateKey, createPublicKey, hkdfSync, sign } from 'node:crypto';
import type { PacketSigner } from '../core/evidence.js';

/** PKCS #8 of an Ed25519 private key up to its 32 bytes (RFC 8410). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/**
 * The installation's key for evidence packets, derived from its secret (HKDF-SHA-256) like its other keys: there is no
 * further file to guard, and a restored installation signs as before. Only the public half leaves it.
 */
export function createPacketSigner(secret: Buffer): PacketSigner {
  const seed = Buffer.from(hkdfSync('sha256', secret, '', 'ronda packet v1', 32));
  const key = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
  const shown = createPublicKey(key);
  return {
    key: createHash('sha256')
      .update(shown.export({ type: 'spki', format: 'der' }))
      .digest('hex'),
    publicKey: shown.export({ type: 'spki', format: 'pem' }).toString(),
    sign: (bytes) => sign(null, bytes, key),
  };
}
