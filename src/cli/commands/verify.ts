import type { Command } from 'commander';
import { CannotRunError } from '../../core/errors.js';
import type { PacketSigner } from '../../core/evidence.js';
import { checkPacket, type PacketFault, readPublicKey, type TrustedKey } from '../../report/packet-check.js';
import { MAX_PACKET_BYTES } from '../../report/packet-format.js';
import { type PacketWords, packetWords } from '../../words/packet.js';
import type { CommandEnvironment } from './environment.js';

export interface VerifyDeps {
  environment(): CommandEnvironment;
  /** A file as a whole; more than `most` bytes where it is larger. */
  readFile(path: string, most: number): Uint8Array;
  pins(): readonly { readonly name: string; readonly publicKey: string }[];
  pin(name: string, publicKey: string): void;
  /** This installation's own key. */
  signer(): Promise<PacketSigner>;
}

interface VerifyOptions {
  readonly key?: string;
  readonly pin?: string;
  readonly showKey?: boolean;
  readonly json?: boolean;
}

const MAX_KEY_BYTES = 4_096;
const HEX_KEY = /^[0-9a-f]{64}$/i;

/** `ronda verify` */
export function verifyCommand(program: Command, deps: VerifyDeps): void {
  program
    .command('verify')
    .description('check an evidence packet, offline, with a key that was trusted before it came')
    .argument('[packet]', 'the packet, a .zip file')
    .option(
      '--key <file>',
      'the public key of who made it: a PEM file, or 64 hex digits; no other is trusted then',
    )
    .option('--pin <name>', 'trust the key from now on, under this name')
    .option('--show-key', 'print this installation’s public key')
    .option('--json', 'as one JSON object')
    .addHelpText('after', '\nExample:\n  ronda verify ronda-perkara-17.zip --key polda.pem')
    .action(async (packet: string | undefined, options: VerifyOptions) => {
      const environment = deps.environment();
      const { io, language } = environment;
      const said = packetWords(language).verify;
      if (options.showKey === true) {
        const signer = await deps.signer();
        io.out(signer.publicKey);
        io.err(`${said.showKey(signer.key)}\n`);
        return;
      }
      const given = options.key === undefined ? undefined : readKey(deps, options.key);
      if (options.pin !== undefined) {
        if (given === undefined) throw new CannotRunError('no-key', said.pinNeedsKey);
        deps.pin(options.pin, given.text);
        io.err(`${said.pinned(options.pin, given.trusted.id)}\n`);
      }
      if (packet !== undefined) verifyOne(deps, environment, packet, given?.trusted, options.json === true);
      else if (options.pin === undefined) throw new CannotRunError('no-packet', said.nothing);
    });
}

function verifyOne(
  deps: VerifyDeps,
  { io, language, exitWith }: CommandEnvironment,
  packet: string,
  given: TrustedKey | undefined,
  json: boolean,
): void {
  const said = packetWords(language).verify;
  const pinned = deps.pins().map(({ name, publicKey }) => ({ name, ...readPublicKey(publicKey) }));
  const trusted: readonly TrustedKey[] = given === undefined ? pinned : [given];
  if (trusted.length === 0) throw new CannotRunError('no-key', said.noKey);
  const check = checkPacket(deps.readFile(packet, MAX_PACKET_BYTES), trusted);
  if (!check.ok) exitWith(1);
  if (json) {
    io.out(`${JSON.stringify(check)}\n`);
    return;
  }
  if (!check.ok) {
    io.out(faultText(check, said));
    return;
  }
  const name = pinned.find(({ id }) => id === check.key)?.name;
  io.out(`${said.good(check.item, check.made, check.files.length)}\n${said.signedBy(check.key, name)}\n`);
}

function faultText(
  { kind, file, block, offset, archiveOffset, key }: PacketFault,
  said: PacketWords['verify'],
): string {
  const lines = [`${said.bad} ${said.faults[kind]}`];
  if (file !== undefined) lines.push(`${said.file}: ${file}`);
  if (block !== undefined && offset !== undefined) lines.push(said.block(block, offset));
  if (archiveOffset !== undefined) lines.push(said.archive(archiveOffset));
  if (key !== undefined) lines.push(`${said.key}: ${key}`);
  return `${lines.join('\n')}\n`;
}

function readKey(deps: VerifyDeps, given: string): { readonly text: string; readonly trusted: TrustedKey } {
  const text = HEX_KEY.test(given)
    ? given
    : new TextDecoder().decode(deps.readFile(given, MAX_KEY_BYTES).subarray(0, MAX_KEY_BYTES));
  return { text: text.trim(), trusted: readPublicKey(text) };
}
