/** Pages ask on their own origin, and a proxy there passes it on. */
const rewrites = () => [{ source: '/huawei/:path*', destination: `${process.env.SERVICE}/:path*` }];

export default { rewrites, turbopack: { root: import.meta.dirname }, devIndicators: false };
