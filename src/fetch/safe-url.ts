/** Names of query parameters whose value is nobody's business. */
const SECRET_PARAMETER = /key|token|secret|password|passwd|signature|sig$|auth|session|credential|code$/i;

/** A URL fit for a message or a log: no credentials, no fragment, secret query values and great length left out. */
export function safeUrl(text: string): string {
  if (!URL.canParse(text)) return '(not a URL)';
  const url = new URL(text);
  url.username = '';
  url.password = '';
  url.hash = '';
  for (const name of new Set(url.searchParams.keys())) {
    if (SECRET_PARAMETER.test(name)) url.searchParams.set(name, 'REMOVED');
  }
  const shown = url.href;
  return shown.length > 300 ? `${shown.slice(0, 299)}…` : shown;
}

const SECRET_HEADER =
  /cookie|authori[sz]ation|authenticat|token|secret|session|api-?key|credential|signature/i;

/** Response headers as they may be kept: lower-case names, several values joined, credentials removed. */
export function safeHeaders(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): Readonly<Record<string, string>> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || SECRET_HEADER.test(name)) continue;
    kept[name.toLowerCase()] = typeof value === 'string' ? value : value.join(', ');
  }
  return kept;
}
