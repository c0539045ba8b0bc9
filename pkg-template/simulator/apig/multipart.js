// @ts-check
/** The parts of a multipart/form-data body (RFC 7578), read from its bytes. */

const BOUNDARY = /^multipart\/form-data\s*;(?:.*;)?\s*boundary=(?:"([^"]+)"|([^\s;"]+))/i;

/**
 * @param {string} disposition
 * @param {string} name
 */
const parameter = (disposition, name) => new RegExp(`;\\s*${name}="([^"]*)"`, 'i').exec(disposition)?.[1] ?? null;

/**
 * Reads one part's headers; `null` when they do not say that it is a field of a form.
 *
 * @param {string} text
 */
function readHeaders(text) {
  const disposition = /^content-disposition:\s*form-data(;.*)$/im.exec(text)?.[1];
  const name = disposition && parameter(disposition, 'name');
  return name ? { name, filename: parameter(disposition, 'filename') } : null;
}

/**
 * Reads a form.
 *
 * @param {Uint8Array} bytes the body
 * @param {string | null} contentType the header, which holds the boundary
 * @returns its parts in their order; `null` when it is no form, or is broken
 */
export function readForm(bytes, contentType) {
  const [, quoted, plain] = BOUNDARY.exec(contentType ?? '') ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined) return null;

  // Latin-1 has a character for every byte, so places in this text are places in the bytes, after the added line end.
  const lineEnd = '\r\n';
  const text = lineEnd + new TextDecoder('latin1').decode(bytes);
  /**
   * @param {number} from
   * @param {number} to
   */
  const slice = (from, to) => bytes.subarray(from - lineEnd.length, to - lineEnd.length);
  const delimiter = `${lineEnd}--${boundary}`;

  const parts = [];
  let at = text.indexOf(delimiter);
  while (at !== -1) {
    at += delimiter.length;
    if (text.startsWith('--', at)) return parts;
    const content = text.indexOf('\r\n\r\n', at) + 4;
    const end = text.indexOf(delimiter, content);
    if (content < at || end === -1) return null;
    const part = readHeaders(new TextDecoder().decode(slice(at, content)));
    if (part === null) return null;
    parts.push({ ...part, bytes: slice(content, end) });
    at = end;
  }
  return null;
}
