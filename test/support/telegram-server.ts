import { type Answer, body, serve, type WebServer } from './web-server.js';

/** A message of an invented channel. */
export interface ChannelMessage {
  readonly number: number;
  /** HTML; without it the message is a photograph. */
  readonly text?: string;
  readonly more?: string;
  readonly meta?: string;
  readonly views?: string;
  readonly classes?: string;
}

/** The preview of a channel on loopback, as t.me gives it: 20 messages a page, the newest last, older ones by `before`. */
export interface TelegramServer extends WebServer {
  messages: ChannelMessage[];
  /** The preview answers with this instead, if set. */
  answer: Answer | undefined;
  readonly sent: Buffer[];
}

export const CHANNEL = 'kabar_rukun';
const PAGE = 20;

export function messageHtml({
  number,
  text,
  more = '',
  meta = '',
  views = '847',
  classes = '',
}: ChannelMessage): string {
  const time = new Date(Date.parse('2026-11-20T00:00:00Z') + number * 60_000)
    .toISOString()
    .replace('.000Z', '+00:00');
  const words =
    text === undefined
      ? `<a class="tgme_widget_message_photo_wrap" href="https://t.me/${CHANNEL}/${number}?single"></a>`
      : `<div class="tgme_widget_message_text js-message_text" dir="auto">${text}</div>`;
  return `<div class="tgme_widget_message_wrap js-widget_message_wrap"><div class="tgme_widget_message text_not_supported_wrap js-widget_message ${classes}" data-post="${CHANNEL}/${number}" data-view="x"><div class="tgme_widget_message_bubble"><div class="tgme_widget_message_author"><a class="tgme_widget_message_owner_name" href="https://t.me/${CHANNEL}"><span dir="auto">Kabar Rukun</span></a></div>${more}${words}<div class="tgme_widget_message_footer"><div class="tgme_widget_message_info"><span class="tgme_widget_message_views">${views}</span><span class="tgme_widget_message_meta">${meta}<a class="tgme_widget_message_date" href="https://t.me/${CHANNEL}/${number}"><time datetime="${time}" class="time">00:00</time></a></span></div></div></div></div></div>`;
}

export function previewHtml(messages: readonly ChannelMessage[], before?: number): string {
  const prev = before === undefined ? '' : `<link rel="prev" href="/s/${CHANNEL}?before=${before}">`;
  return `<!DOCTYPE html><html><head><meta charset="utf-8"><title>Kabar Rukun – Telegram</title>${prev}</head><body class="widget_frame_base"><header class="tgme_header"><div class="tgme_channel_info"><div class="tgme_channel_info_header_title"><span>Kabar Rukun</span></div></div></header><section class="tgme_channel_history js-message_history">${messages.map(messageHtml).join('\n')}</section></body></html>\n`;
}

export const LANDING_HTML = `<!DOCTYPE html><html><head><title>Telegram: Contact @${CHANNEL}</title></head><body><div class="tgme_page_wrap"><div class="tgme_page"><div class="tgme_page_title">Kabar Rukun</div><div class="tgme_page_extra">1 204 members</div></div></div></body></html>`;

export async function serveTelegram(): Promise<TelegramServer> {
  const preview: Answer = (request, response) => {
    if (server.answer !== undefined) return server.answer(request, response);
    const asked = new URL(request.path, server.url).searchParams.get('before');
    const before = asked === null ? Number.POSITIVE_INFINITY : Number(asked);
    const older = server.messages.filter(({ number }) => number < before);
    const page = older.slice(-PAGE);
    const html = Buffer.from(previewHtml(page, older.length > PAGE ? page[0]?.number : undefined));
    server.sent.push(html);
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html);
  };
  const single: Answer = (request, response) => {
    const number = Number(/\/(\d+)\?/.exec(request.path)?.[1]);
    const message = server.messages.find((each) => each.number === number);
    const missing =
      '<div class="tgme_widget_message err_message js-widget_message"><div class="tgme_widget_message_error">Post not found</div></div>';
    const html = `<!DOCTYPE html><html><body>${message === undefined ? missing : messageHtml(message)}</body></html>`;
    response.writeHead(200, { 'content-type': 'text/html' }).end(html);
  };
  const answers: Record<string, Answer> = {
    [`/s/${CHANNEL}`]: preview,
    [`/${CHANNEL}`]: body(LANDING_HTML, { 'content-type': 'text/html' }),
  };
  for (let number = 0; number < 1_000; number++) answers[`/${CHANNEL}/${number}`] = single;
  const server: TelegramServer = Object.assign(await serve(answers), {
    messages: [] as ChannelMessage[],
    answer: undefined as Answer | undefined,
    sent: [] as Buffer[],
  });
  return server;
}
