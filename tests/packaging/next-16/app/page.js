import { decodeAsyncTask } from 'huaweicloud-tasks';
import { connection } from 'next/server';
import Asking from './asking.js';

/** A server component: it decodes while it renders. */
export default async function Page({ searchParams }) {
  await connection();
  const { body } = await searchParams;
  return (
    <>
      <pre id="decoded">{JSON.stringify(decodeAsyncTask(body))}</pre>
      <Asking />
    </>
  );
}
