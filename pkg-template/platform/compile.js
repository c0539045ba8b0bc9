// @ts-check
/**
 * Makes a module of an address or a response, as a source gives it or `init` was given; anything else stays as it is.
 *
 * @param {unknown} source
 */
export async function compile(source) {
  if (typeof source === 'string' || source instanceof URL) source = await fetch(source);
  if (typeof Response !== 'function' || !(source instanceof Response)) return source;
  if (!source.ok) throw new Error(`${source.url} answered ${source.status}`);
  // Not compileStreaming: it insists on a MIME type that many a server does not know, for a file this small.
  return WebAssembly.compile(await source.arrayBuffer());
}
