/**
 * What a simulated service answers apart from the operations themselves. An answer is `{ status, body, headers }`;
 * a body that is a string is sent as it is, anything else as JSON.
 */

/** An error as the APIG pages show it: `error_code` and `error_msg`, nothing else. */
export const refusal = (status, code, message, headers) => ({
  status,
  body: { error_code: code, error_msg: message },
  headers,
});

const HTML = `<!DOCTYPE html>
<html>
<head><title>502 Bad Gateway</title></head>
<body><center><h1>502 Bad Gateway</h1></center><hr><center>proxy</center></body>
</html>
`;

/** The first half of an answer's body, as if the connection had broken off. */
function cutInTheMiddle(answer) {
  const text = JSON.stringify(answer.body);
  return { ...answer, body: text.slice(0, Math.floor(text.length / 2)) };
}

/**
 * The troubles that every endpoint can have, as rows of a scenario table. Codes and statuses are documented; that
 * `throttled` and `unavailable` carry `Retry-After` is assumed.
 *
 * @param {(operation: object) => object} succeed the scenario of which `truncated` is the first half
 */
export const troubles = (succeed) => ({
  throttled: [
    '429 APIG.0308 with the budget in its text, and Retry-After: 1.',
    ({ requestId }) => ({
      status: 429,
      body: {
        error_msg: 'The throttling threshold has been reached: policy user over ratelimit,limit:200,time:5 minute',
        error_code: 'APIG.0308',
        request_id: requestId,
      },
      headers: { 'Retry-After': '1' },
    }),
  ],
  busy: [
    '500 APIG.9008: too many requests, sent as a server error.',
    () => refusal(500, 'APIG.9008', 'Too many requests. Try again later.'),
  ],
  unavailable: [
    '503 APIG.0613 with Retry-After: 2.',
    () => refusal(503, 'APIG.0613', 'The IAM service is currently unavailable.', { 'Retry-After': '2' }),
  ],
  html: [
    '502 with an HTML page, as a proxy sends it.',
    () => ({ status: 502, body: HTML, headers: { 'Content-Type': 'text/html' } }),
  ],
  empty: ['200 with an empty body.', () => ({ status: 200, body: '' })],
  truncated: ['200 with a body that is cut in the middle.', (operation) => cutInTheMiddle(succeed(operation))],
});
