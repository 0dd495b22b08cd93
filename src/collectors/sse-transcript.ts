/**
 * Events of a `text/event-stream` that was recorded, as the HTML standard reads it. An event that was cut off at the
 * end is not one.
 */
export function readTranscript(text: string): { readonly event: string; readonly data: string }[] {
  const events: { event: string; data: string }[] = [];
  let name = '';
  let data: string[] = [];
  for (const line of text.split(/\r\n|\n|\r/)) {
    if (line === '') {
      if (data.length > 0) events.push({ event: name === '' ? 'message' : name, data: data.join('\n') });
      name = '';
      data = [];
      continue;
    }
    const [, field, value] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (field === 'event') name = value ?? '';
    else if (field === 'data') data.push(value ?? '');
  }
  // A recording that ends without the empty line is whole all the same where its last data is.
  if (data.length > 0 && isWhole(data.join('\n')))
    events.push({ event: name || 'message', data: data.join('\n') });
  return events;
}

function isWhole(data: string): boolean {
  try {
    JSON.parse(data);
    return true;
  } catch {
    return false;
  }
}
