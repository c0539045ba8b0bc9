// @ts-check
/** The module out of the package's JavaScript: for where its file was not taken along, as some bundlers do. */
export const inlined = async () => inflate((await import('#bytes')).default);

/** Bytes that were compressed with gzip and written in base64. @param {string} base64 */
export function inflate(base64) {
  const compressed = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const stream = new Blob([compressed]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).arrayBuffer();
}
