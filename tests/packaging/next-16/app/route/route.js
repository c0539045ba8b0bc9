import { ask } from '../../ask.js';

export async function POST(request) {
  const { endpoint, body } = await request.json();
  return Response.json(await ask(endpoint, body));
}
