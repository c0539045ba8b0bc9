// @ts-check
/** What a simulated service answers apart from the operations themselves. */

/** @import { Answer, Scenario, Scenarios } from './types.js' */

/**
 * An error as the APIG pages show it: `error_code` and `error_msg`, nothing else.
 *
 * @param {number} status
 * @param {string} code
 * @param {string} message
 * @param {Record<string, string>} [headers]
 */
export const refusal = (status, code, message, headers) => ({
  status,
  body: { error_code: code, error_msg: message },
  headers,
});

/** How the gateway before a service turns a token away, where the service's own documents do not say it. */
export const gatewayUnauthorized = () => refusal(401, 'APIG.0307', 'The token must be updated.');

const HTML = `<!DOCTYPE html>
<html>
<head><title>502 Bad Gateway</title></head>
<body><center><h1>502 Bad Gateway</h1></center><hr><center>proxy</center></body>
</html>
`;

/**
 * The first half of an answer's body, as if the connection had broken off.
 *
 * @param {Answer} answer
 */
function cutInTheMiddle(answer) {
  const text = JSON.stringify(answer.body);
  return { ...answer, body: text.slice(0, Math.floor(text.length / 2)) };
}

const BUDGET = 'policy user over ratelimit,limit:200,time:5 minute';

/**
 * The refusal of a request that is one too many.
 *
 * @param {string} requestId
 * @param {string} budget
 * @param {number} retryAfter in seconds
 */
export const throttled = (requestId, budget, retryAfter) => ({
  status: 429,
  body: {
    error_msg: `The throttling threshold has been reached: ${budget}`,
    error_code: 'APIG.0308',
    request_id: requestId,
  },
  headers: { 'Retry-After': String(retryAfter) },
});

/** @param {number} retryAfter in seconds */
const unavailable = (retryAfter) =>
  refusal(503, 'APIG.0613', 'The IAM service is currently unavailable.', { 'Retry-After': String(retryAfter) });

/**
 * Trouble the first two times that an operation is asked about, and then the answer.
 *
 * @param {Scenario} trouble
 * @param {Scenario} succeed
 * @returns {Scenario}
 */
const flaky = (trouble, succeed) => (operation) => (operation.attempt > 2 ? succeed(operation) : trouble(operation));

/**
 * The troubles that every endpoint can have, as rows of a scenario table. Codes and statuses are documented; that
 * some carry `Retry-After` is assumed.
 *
 * @param {Scenario} succeed what the flaky ones do in the end; `truncated` is its first half
 * @returns {Scenarios}
 */
export const troubles = (succeed) => ({
  throttled: [
    '429 APIG.0308 with the budget in its text, and Retry-After: 1.',
    ({ requestId }) => throttled(requestId, BUDGET, 1),
  ],
  busy: [
    '500 APIG.9008: too many requests, sent as a server error.',
    () => refusal(500, 'APIG.9008', 'Too many requests. Try again later.'),
  ],
  unavailable: ['503 APIG.0613 with Retry-After: 2.', () => unavailable(2)],
  flaky: ['503 APIG.0613 with Retry-After: 0, twice; then it succeeds.', flaky(() => unavailable(0), succeed)],
  'flaky-429': [
    '429 APIG.0308 with Retry-After: 0, twice; then it succeeds.',
    flaky(({ requestId }) => throttled(requestId, BUDGET, 0), succeed),
  ],
  html: [
    '502 with an HTML page, as a proxy sends it.',
    () => ({ status: 502, body: HTML, headers: { 'Content-Type': 'text/html' } }),
  ],
  empty: ['200 with an empty body.', () => ({ status: 200, body: '' })],
  truncated: ['The answer, with a body that is cut in the middle.', (operation) => cutInTheMiddle(succeed(operation))],
});
