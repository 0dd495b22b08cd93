import type { Readable } from 'node:stream';
import { PermanentError, RetryableError, type RondaError, ThrottledError } from '../core/errors.js';
import type { ServerEvent } from '../core/fetch-ports.js';
import { EventParser } from './event-parser.js';
import { networkFault, statusFault } from './faults.js';
import type { Connection, Sink } from './inflow.js';
import type { RawHeaders } from './rate-headers.js';

const MAX_RETRY_MS = 3_600_000;

/** An answer that is to be read as events. */
export interface EventAnswer {
  /** The URL as it may be shown. */
  readonly place: string;
  readonly status: number;
  readonly headers: RawHeaders;
  readonly stream: Readable;
  readonly encoding: string | undefined;
  /** What the host asked to be left alone for, ms. */
  readonly waitMs: number | undefined;
}

/** Throws unless an answer is a stream of events: a fault by its status, `not-a-stream`, `unknown-encoding`. */
export function requireEventStream(answer: EventAnswer): void {
  const { place, status, headers, encoding } = answer;
  const fault = statusFault(status, place, answer.waitMs);
  if (fault !== undefined) throw fault;
  const given = headers['content-type'];
  const type = typeof given === 'string' ? given : '';
  if (status !== 200 || type.split(';', 1)[0]?.trim().toLowerCase() !== 'text/event-stream') {
    const what = status === 200 ? `of type "${type.slice(0, 60)}"` : `a ${status}`;
    throw new PermanentError(
      'not-a-stream',
      `${place}: the answer is ${what}, not a stream of events; check the address`,
    );
  }
  if (encoding !== undefined && !/^\s*(identity)?\s*$/i.test(encoding)) {
    throw new PermanentError(
      'unknown-encoding',
      `${place}: the stream is compressed (${encoding.slice(0, 40)}), which was not asked for and is not read`,
    );
  }
}

/**
 * Reads events off an answer into a sink as they come.
 * Faults: RetryableError `stream-cut` (ThrottledError where the place said by `retry` when to come back),
 * PermanentError `message-too-large`, `headers-too-large`
 */
export function readEvents(
  answer: EventAnswer,
  sink: Sink<ServerEvent>,
  options: { readonly maxMessageBytes: number },
): Connection {
  const { stream, place } = answer;
  const parser = new EventParser(options.maxMessageBytes, place);
  stream.on('data', (piece: Buffer) => {
    sink.heard();
    try {
      for (const { event, bytes } of parser.push(piece)) sink.push(event, bytes);
    } catch (error) {
      sink.fail(networkFault(error, place));
    }
  });
  stream.on('end', () => sink.end());
  stream.on('error', (error: Error) => sink.fail(cutBy(error, place, parser.retryMs)));
  stream.on('close', () => sink.fail(cutBy(new Error('closed before its end'), place, parser.retryMs)));
  return {
    pause: () => void stream.pause(),
    resume: () => void stream.resume(),
    close: () => void stream.destroy(),
  };
}

function cutBy(error: Error, place: string, retryMs: number | undefined): RondaError {
  const fault = networkFault(error, place);
  if (fault instanceof PermanentError) return fault;
  const reason = `${place}: the stream was cut off (${fault.kind}); go on from what was read last`;
  return retryMs === undefined
    ? new RetryableError('stream-cut', reason, { cause: error })
    : new ThrottledError('stream-cut', reason, Math.min(retryMs, MAX_RETRY_MS), { cause: error });
}
