import { ask } from './ask.js';

test('asks and decodes', async () => {
  const { ENDPOINT, BODY, ANSWER } = process.env;
  expect(await ask(ENDPOINT, BODY)).toEqual(JSON.parse(ANSWER));
});
