import { byId, el, shown } from './dom.js';

const kilobytes = (bytes) => (Number.isFinite(bytes) ? (bytes / 1_000).toFixed(1) : '–');

/** Shows what the package's files weigh. Without sizes the table stays hidden. */
export function show(sizes) {
  const rows = sizes.map(({ entry, raw, gzip, brotli }) =>
    el(
      'tr',
      {},
      el('th', { scope: 'row' }, el('code', {}, shown(entry))),
      ...[raw, gzip, brotli].map((bytes) => el('td', {}, kilobytes(bytes))),
    ),
  );
  byId('sizes-table').tBodies[0].append(...rows);
  byId('sizes').hidden = rows.length === 0;
}
