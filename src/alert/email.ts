import { createTransport } from 'nodemailer';
import type { AlertChannel } from '../core/alert.js';
import { messageOf, PermanentError, RetryableError } from '../core/errors.js';

export interface EmailOptions {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** `starttls` must be offered; `tls` is from the first byte. */
  readonly security: 'starttls' | 'tls' | 'none';
  /** PEM of the authority, where it is not one of the system's. */
  readonly ca?: string;
  readonly user?: string;
  readonly password?: string;
  readonly from: string;
  readonly to: readonly string[];
}

const CONNECT_MS = 15_000;
const SILENT_MS = 30_000;

/** Sends messages by SMTP, as plain text; the Message-ID is made of the message's id, the same at every attempt. */
export function createEmail(options: EmailOptions): AlertChannel {
  const { name, host, port, security, ca, user, password, from, to } = options;
  const transport = createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(user === undefined || password === undefined ? {} : { auth: { user, pass: password } }),
    tls: { minVersion: 'TLSv1.2', ...(ca === undefined ? {} : { ca }) },
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = from.slice(from.lastIndexOf('@') + 1);
  return {
    name,
    async send({ id, subject, text }, signal) {
      let sent: { readonly rejectedErrors?: readonly unknown[] | undefined };
      try {
        sent = await untilStopped(
          transport.sendMail({
            from,
            to: [...to],
            subject,
            text,
            messageId: `<${id}@${domain}>`,
            headers: { 'Auto-Submitted': 'auto-generated', 'Ronda-Message': id },
          }),
          signal,
        );
      } catch (error) {
        throw smtpFault(error, host);
      }
      // Some were taken and some not: those who may take it later get it then, the others know it by its Message-ID.
      const later = sent.rejectedErrors?.find((error) => isPassing(codesOf(error).response));
      if (later !== undefined) throw smtpFault(later, host);
    },
    close: () => transport.close(),
  };
}

function untilStopped<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(new RetryableError('smtp-timeout', 'the mail server took too long'));
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

/** What nodemailer says of an error: its own code, and the number of the server's reply. */
function codesOf(error: unknown): { readonly code: string; readonly response: number | undefined } {
  const { code, responseCode } = (error ?? {}) as {
    readonly code?: unknown;
    readonly responseCode?: unknown;
  };
  return {
    code: typeof code === 'string' ? code : '',
    response: typeof responseCode === 'number' ? responseCode : undefined,
  };
}

/** Replies that say: not now (RFC 5321, 4.2.1); greylisting is one. */
function isPassing(response: number | undefined): boolean {
  return response !== undefined && response >= 400 && response < 500;
}

const CERTIFICATE =
  /^(?:CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|ERR_TLS_|ERR_SSL_|HOSTNAME_MISMATCH|ETLS$|EPROTO$)/;

function smtpFault(error: unknown, host: string): PermanentError | RetryableError {
  if (error instanceof PermanentError || error instanceof RetryableError) return error;
  const { code, response } = codesOf(error);
  const said = `mail server ${host}: ${messageOf(error).slice(0, 300)}`;
  if (isPassing(response)) return new RetryableError('smtp-deferred', said);
  if (code === 'EAUTH') {
    return new PermanentError('smtp-auth', `${said}; check user and password of the channel`);
  }
  const { cause } = (error ?? {}) as { readonly cause?: unknown };
  if (CERTIFICATE.test(code) || CERTIFICATE.test(codesOf(cause).code) || /certificate/i.test(said)) {
    return new PermanentError('smtp-tls', `${said}; no trustworthy TLS connection, check security and ca`);
  }
  if (response !== undefined && response >= 500) return new PermanentError('smtp-refused', said);
  return new RetryableError('smtp-unreachable', said);
}
