import { checkPage, report, serveFolder } from './support.js';

const site = await serveFolder('.');
try {
  report([await checkPage(site.url, 1)], null);
} finally {
  site.close();
}
