import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { CannotRunError, messageOf } from '../core/errors.js';

/** What the desk serves HTTPS with. */
export interface TlsFiles {
  readonly cert: Buffer;
  readonly key: Buffer;
  /** Host names and addresses that the certificate is for; `*.example` stands for one label. */
  readonly names: readonly string[];
}

/**
 * Reads and checks certificate and key, both PEM.
 *
 * @throws CannotRunError `config` where a file cannot be read, or key and certificate do not belong together
 */
export function readTlsFiles({ cert: certPath, key: keyPath }: { cert: string; key: string }): TlsFiles {
  const [cert, key] = [read('cert', certPath), read('key', keyPath)];
  try {
    createSecureContext({ cert, key });
    return { cert, key, names: namesIn(new X509Certificate(cert).subjectAltName ?? '') };
  } catch (error) {
    throw new CannotRunError(
      'config',
      `desk.tls: ${certPath} and ${keyPath} are no certificate with its key (${messageOf(error)}); give a PEM certificate chain and the PEM key that belongs to it, without a passphrase.`,
      { cause: error },
    );
  }
}

function read(key: string, path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new CannotRunError(
      'config',
      `desk.tls.${key}: ${path} cannot be read (${messageOf(error)}); name a file that this user may read.`,
      { cause: error },
    );
  }
}

/** Of `DNS:meja.example, IP Address:192.0.2.1`; a name with a comma in it is written in quotes and is no host. */
function namesIn(subjectAltName: string): readonly string[] {
  return subjectAltName.split(', ').flatMap((each) => {
    const [, name] = /^(?:DNS|IP Address):([\w.:*-]+)$/.exec(each) ?? [];
    return name === undefined ? [] : [name.toLowerCase()];
  });
}
