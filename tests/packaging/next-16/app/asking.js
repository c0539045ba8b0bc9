'use client';
import { useEffect } from 'react';
import { ask } from '../ask.js';

/** A client component, which is rendered on the server, too. */
export default function Asking() {
  useEffect(() => {
    globalThis.ask = ask;
  }, []);
  return <p>Ready</p>;
}
