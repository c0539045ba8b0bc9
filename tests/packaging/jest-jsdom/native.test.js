import { init } from 'huaweicloud-tasks';

test('says that there is no TextDecoder, and what to do', async () => {
  await expect(init()).rejects.toMatchObject({
    name: 'ConfigError',
    field: 'module',
    message:
      "module: cannot be loaded: there is no TextDecoder, as in Jest's jsdom; " +
      'run the test with `@jest-environment node`',
  });
});
